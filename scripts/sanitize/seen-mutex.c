// Tells the thread sanitizer what Swift's Mutex orders.
//
// Where nobody waits, a Mutex is taken and given back by atomic operations in the program itself, which the sanitizer sees.
// Where somebody waits, that takes place in libswiftSynchronization, which was compiled without it: what one thread wrote before
// it gave the lock back is then taken for unordered with what the next one reads. Linked into a program, this stands in front of
// the three functions of the library that wait, and adds the order that they make; it takes nothing away, so that memory
// which no lock guards is told as before. scripts/sanitize.sh shows both with locked.swift and racing.swift.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

void __tsan_acquire(void *place);
void __tsan_release(void *place);

#define SWIFT __attribute__((swiftcall))
#define MUTEX __attribute__((swift_context)) void *mutex
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void seen_lock(uint32_t thread, MUTEX) __asm__(LOCK);
SWIFT bool seen_try_lock(MUTEX) __asm__(TRY_LOCK);
SWIFT void seen_unlock(MUTEX) __asm__(UNLOCK);

static SWIFT void (*lock)(uint32_t thread, MUTEX);
static SWIFT bool (*try_lock)(MUTEX);
static SWIFT void (*unlock)(MUTEX);

__attribute__((constructor)) static void find(void) {
  lock = dlsym(RTLD_NEXT, LOCK);
  try_lock = dlsym(RTLD_NEXT, TRY_LOCK);
  unlock = dlsym(RTLD_NEXT, UNLOCK);
}

SWIFT void seen_lock(uint32_t thread, MUTEX) {
  lock(thread, mutex);
  __tsan_acquire(mutex);
}

SWIFT bool seen_try_lock(MUTEX) {
  bool is_taken = try_lock(mutex);
  if (is_taken) __tsan_acquire(mutex);
  return is_taken;
}

SWIFT void seen_unlock(MUTEX) {
  __tsan_release(mutex);
  unlock(mutex);
}
