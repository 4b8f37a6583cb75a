/* links.c: see links.h. */
#include "links.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void links_init(struct links* links) {
  *links = (struct links){0};
}

static void close_link(struct link* link) {
  while (link->fd_count > 0)
    close(link->fds[--link->fd_count]);
  free(link->fds);
  link->fds = NULL;
}

void links_close(struct links* links, void (*between)(void* context), void* context) {
  while (links->count > 0) {
    close_link(&links->items[--links->count]);
    if (between != NULL) between(context);
  }
  free(links->items);
  links_init(links);
}

struct link* links_find(const struct links* links, uint32_t id) {
  for (size_t i = 0; i < links->count; i++)
    if (links->items[i].id == id) return &links->items[i];
  return NULL;
}

int links_add(struct links* links, uint32_t id, struct link** link, struct failure* why) {
  if (links_find(links, id) != NULL) return fail(why, -EEXIST, "state", "link %u exists", id);
  if (links->count == links->capacity) {
    size_t capacity = links->capacity == 0 ? 16 : links->capacity * 2;
    struct link* items = realloc(links->items, capacity * sizeof *items);
    if (items == NULL) return fail(why, -ENOMEM, "resource", "no memory for another link");
    links->items = items;
    links->capacity = capacity;
  }
  *link = &links->items[links->count++];
  **link = (struct link){.id = id};
  return 0;
}

int links_remove(struct links* links, uint32_t id, struct failure* why) {
  struct link* link = links_find(links, id);
  if (link == NULL) return fail(why, -ENOENT, "state", "no link %u", id);
  close_link(link);
  struct link* end = links->items + links->count--;
  memmove(link, link + 1, (size_t)(end - (link + 1)) * sizeof *link);
  return 0;
}

int link_keep(struct link* link, int fd) {
  if (link->fd_count == link->fd_capacity) {
    size_t capacity = link->fd_capacity == 0 ? 2 : link->fd_capacity * 2;
    int* fds = realloc(link->fds, capacity * sizeof *fds);
    if (fds == NULL) {
      close(fd);
      return -ENOMEM;
    }
    link->fds = fds;
    link->fd_capacity = capacity;
  }
  link->fds[link->fd_count++] = fd;
  return 0;
}
