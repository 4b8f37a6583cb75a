/* A library whose one function has a frame of its own and calls back. */
int call_back(int (*function)(int), int n) {
  volatile char taken[3000];
  taken[n] = (char)n;
  return function(n) + taken[n];
}
