/* array_access.c: functions that take arrays in several ways. */
struct A {
  int x[4];
  unsigned char y[4];
};
struct B {
  int y[2][2];
};
struct C {
  int* z[4];
};
struct D {
  int x;
  int y[];
};

#define CALLABLE __attribute__((noipa))

CALLABLE void test_struct(struct A* a, struct B* b) { __asm__ volatile("" ::"r"(a), "r"(b) : "memory"); }
CALLABLE void test_array(int* a) { __asm__ volatile("" ::"r"(a) : "memory"); }
CALLABLE void test_ptr_array(int** a) { __asm__ volatile("" ::"r"(a) : "memory"); }
CALLABLE void test_arrays(struct A* a, struct B* b) { __asm__ volatile("" ::"r"(a), "r"(b) : "memory"); }
CALLABLE void test_variable_array(struct D* d) { __asm__ volatile("" ::"r"(d) : "memory"); }

int main(void) {
  static struct {
    struct D head;
    int tail[2];
  } variable = {.head = {.x = 7}, .tail = {1, 2}};
  struct A a = {.x = {1, 2, 3, 4}, .y = {0xaa, 0xbb, 0xcc, 0xdd}};
  struct B b = {.y = {{5, 6}, {7, 8}}};
  struct C c = {.z = {&a.x[0], &a.x[1], &a.x[2], &a.x[3]}};
  test_struct(&a, &b);
  test_array(a.x);
  test_ptr_array(c.z);
  test_arrays(&a, &b);
  test_variable_array(&variable.head);
  return 0;
}
