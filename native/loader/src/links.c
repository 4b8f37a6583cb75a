/* links.c: see links.h. */
#include "links.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void links_init(struct links* links) {
  *links = (struct links){0};
}

/* First the programs of all, then the events that are waited for, then those that are not. */
static void close_links(struct link* items, size_t count, struct patience patience) {
  struct fd_list programs = {0}, events = {0}, idle = {0};
  for (size_t i = 0; i < count; i++) {
    struct link* link = &items[i];
    if (fd_list_move(&link->programs, &programs) != 0)
      close_list(&link->programs, patience.meanwhile, patience.context);
    if (fd_list_move(&link->events, link->has_idle_events ? &idle : &events) != 0)
      close_list(&link->events, patience.meanwhile, patience.context);
  }
  close_list(&programs, patience.meanwhile, patience.context);
  close_list(&events, patience.meanwhile, patience.context);
  close_list_later(&idle);
}

void links_close(struct links* links, struct patience patience) {
  close_links(links->items, links->count, patience);
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

int links_remove(struct links* links, uint32_t id, struct patience patience, struct failure* why) {
  struct link* link = links_find(links, id);
  if (link == NULL) return fail(why, -ENOENT, "state", "no link %u", id);
  close_links(link, 1, patience);
  struct link* end = links->items + links->count--;
  memmove(link, link + 1, (size_t)(end - (link + 1)) * sizeof *link);
  return 0;
}
