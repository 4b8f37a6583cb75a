// cpp.cc: C++ names: namespaces, overloads, templates, members.
#include <string>
#include <unistd.h>

#define CALLABLE __attribute__((noipa))

namespace space {

template <typename T> CALLABLE T twice(T value) {
  __asm__ volatile("" ::: "memory");
  return value + value;
}

class Shop {
public:
  CALLABLE int sell(int count) {
    stock -= count;
    __asm__ volatile("" ::: "memory");
    return stock;
  }
  CALLABLE int sell(const char* what) {
    __asm__ volatile("" ::: "memory");
    return what[0];
  }

private:
  int stock = 1000000;
};

} // namespace space

int main() {
  constexpr int ROUNDS = 1000, PAUSE_MICROSECONDS = 10000;
  space::Shop shop;
  long sum = 0;
  for (int round = 0; round < ROUNDS; round++) {
    sum += shop.sell(2) + shop.sell("apple") + space::twice(round) + space::twice(2L);
    usleep(PAUSE_MICROSECONDS);
  }
  return sum == 0;
}
