// Makes the system calls of `auditor` fail on purpose. Loaded by LD_PRELOAD; the test compiles it. In any other program
// (git, env) it does nothing.
//
//   AUDITOR_FAULT=CALL:FIRST:COUNT:ACTION   from the FIRST call of CALL on, COUNT times (0: for ever), where ACTION is
//       eN     the call fails with errno N
//       short  reads and writes are given half of what they ask for
//       sN     the process gets signal N, and the call goes on
//       bN     of `clock` alone: each look at the clock of the day tells a time N seconds before the last one
//   AUDITOR_FAULT_LOG=FILE                  gets a line `CALL TOTAL` for each call that was made, and `fired CALL WHAT` once
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum call {
  OPEN, OPENAT, OPENDIR, READ, PREAD, WRITE, PWRITE, FSYNC, RENAME, LINK, UNLINK, MKDIR, FSTAT, FSTATAT, READDIR, FLOCK,
  FTRUNCATE, MMAP, PIPE, POLL, SPAWN, THREAD, CLOCK, CALLS
};
static const char *const names[CALLS] = {
  "open", "openat", "opendir", "read", "pread", "write", "pwrite", "fsync", "rename", "link", "unlink", "mkdir", "fstat",
  "fstatat", "readdir", "flock", "ftruncate", "mmap", "pipe", "poll", "spawn", "thread",
  "clock"
};

static atomic_long made[CALLS];
static int active, chosen = -1;
static long first, count;
static char kind;
static int number;
static char log_path[4096];
static atomic_int has_fired;

static void note(const char *text) {
  if (!log_path[0]) return;
  int file = (int)syscall(SYS_openat, AT_FDCWD, log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return;
  syscall(SYS_write, file, text, strlen(text));
  syscall(SYS_close, file);
}

__attribute__((constructor)) static void begin(void) {
  const char *fault = getenv("AUDITOR_FAULT"), *log = getenv("AUDITOR_FAULT_LOG");
  if (strcmp(program_invocation_short_name, "auditor") != 0) return;
  if (log) snprintf(log_path, sizeof log_path, "%s", log);
  active = log != NULL || fault != NULL;
  char call[32], action[32];
  if (fault && sscanf(fault, "%31[^:]:%ld:%ld:%31s", call, &first, &count, action) == 4) {
    for (int each = 0; each < CALLS; each++) if (!strcmp(call, names[each])) chosen = each;
    kind = !strcmp(action, "short") ? 'h' : action[0];
    number = kind == 'h' ? 0 : atoi(action + 1);
  }
}

__attribute__((destructor)) static void end(void) {
  if (!active) return;
  char text[64];
  for (int each = 0; each < CALLS; each++) {
    long total = atomic_load(&made[each]);
    snprintf(text, sizeof text, "%s %ld\n", names[each], total);
    if (total > 0) note(text);
  }
}

// Whether this call is one that is to go wrong. A signal is sent here; what is left to the caller is 'e' and 'h'.
static char strikes(enum call call, const char *path, int file) {
  if (!active) return 0;
  long here = atomic_fetch_add(&made[call], 1) + 1;
  if ((int)call != chosen || here < first || (count > 0 && here >= first + count)) return 0;
  if (!atomic_exchange(&has_fired, 1)) {
    char text[4200], place[64], found[4096] = "-";
    if (!path && file >= 0) {
      snprintf(place, sizeof place, "/proc/self/fd/%d", file);
      long size = syscall(SYS_readlinkat, AT_FDCWD, place, found, sizeof found - 1);
      found[size > 0 ? size : 0] = 0;
      path = found;
    }
    snprintf(text, sizeof text, "fired %s %s\n", names[call], path ? path : found);
    note(text);
  }
  if (kind == 's') {
    kill(getpid(), number);
    return 0;
  }
  return kind;
}

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real; })
#define FAIL(call, what, file, answer) do { if (strikes(call, what, file) == 'e') { errno = number; return answer; } } while (0)
#define MODE(mode, flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) { MODE(mode, flags) FAIL(OPEN, path, -1, -1); return REAL(open)(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(mode, flags) FAIL(OPEN, path, -1, -1); return REAL(open64)(path, flags, mode); }
int openat(int at, const char *path, int flags, ...) {
  MODE(mode, flags) FAIL(OPENAT, path, -1, -1); return REAL(openat)(at, path, flags, mode);
}
int openat64(int at, const char *path, int flags, ...) {
  MODE(mode, flags) FAIL(OPENAT, path, -1, -1); return REAL(openat64)(at, path, flags, mode);
}
DIR *opendir(const char *path) { FAIL(OPENDIR, path, -1, NULL); return REAL(opendir)(path); }
DIR *fdopendir(int file) { FAIL(OPENDIR, NULL, file, NULL); return REAL(fdopendir)(file); }

#define TRANSFER(call, name, type, ...) \
  char struck = strikes(call, NULL, file); \
  if (struck == 'e') { errno = number; return -1; } \
  if (struck == 'h' && size > 1) size /= 2; \
  return REAL(name)(__VA_ARGS__);
ssize_t read(int file, void *bytes, size_t size) { TRANSFER(READ, read, void, file, bytes, size) }
ssize_t pread(int file, void *bytes, size_t size, off_t at) { TRANSFER(PREAD, pread, void, file, bytes, size, at) }
ssize_t pread64(int file, void *bytes, size_t size, off64_t at) { TRANSFER(PREAD, pread64, void, file, bytes, size, at) }
ssize_t write(int file, const void *bytes, size_t size) {
  // What is said of a failure has to be heard.
  if (file == STDERR_FILENO) return REAL(write)(file, bytes, size);
  TRANSFER(WRITE, write, const void, file, bytes, size)
}
ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) { TRANSFER(PWRITE, pwrite, void, file, bytes, size, at) }
ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at) {
  TRANSFER(PWRITE, pwrite64, void, file, bytes, size, at)
}

int fsync(int file) { FAIL(FSYNC, NULL, file, -1); return REAL(fsync)(file); }
int fdatasync(int file) { FAIL(FSYNC, NULL, file, -1); return REAL(fdatasync)(file); }
int rename(const char *from, const char *to) { FAIL(RENAME, to, -1, -1); return REAL(rename)(from, to); }
int renameat(int from, const char *old, int to, const char *new) {
  FAIL(RENAME, new, -1, -1); return REAL(renameat)(from, old, to, new);
}
int link(const char *from, const char *to) { FAIL(LINK, to, -1, -1); return REAL(link)(from, to); }
int linkat(int from, const char *old, int to, const char *new, int flags) {
  FAIL(LINK, new, -1, -1); return REAL(linkat)(from, old, to, new, flags);
}
int unlink(const char *path) { FAIL(UNLINK, path, -1, -1); return REAL(unlink)(path); }
int unlinkat(int at, const char *path, int flags) { FAIL(UNLINK, path, -1, -1); return REAL(unlinkat)(at, path, flags); }
int mkdir(const char *path, mode_t mode) { FAIL(MKDIR, path, -1, -1); return REAL(mkdir)(path, mode); }
int mkdirat(int at, const char *path, mode_t mode) { FAIL(MKDIR, path, -1, -1); return REAL(mkdirat)(at, path, mode); }
int fstat(int file, struct stat *status) { FAIL(FSTAT, NULL, file, -1); return REAL(fstat)(file, status); }
int fstat64(int file, struct stat64 *status) { FAIL(FSTAT, NULL, file, -1); return REAL(fstat64)(file, status); }
int stat(const char *path, struct stat *status) { FAIL(FSTATAT, path, -1, -1); return REAL(stat)(path, status); }
int stat64(const char *path, struct stat64 *status) { FAIL(FSTATAT, path, -1, -1); return REAL(stat64)(path, status); }
int lstat(const char *path, struct stat *status) { FAIL(FSTATAT, path, -1, -1); return REAL(lstat)(path, status); }
int lstat64(const char *path, struct stat64 *status) { FAIL(FSTATAT, path, -1, -1); return REAL(lstat64)(path, status); }
int fstatat(int at, const char *path, struct stat *status, int flags) {
  FAIL(FSTATAT, path, -1, -1); return REAL(fstatat)(at, path, status, flags);
}
int fstatat64(int at, const char *path, struct stat64 *status, int flags) {
  FAIL(FSTATAT, path, -1, -1); return REAL(fstatat64)(at, path, status, flags);
}
struct dirent *readdir(DIR *folder) { FAIL(READDIR, NULL, dirfd(folder), NULL); return REAL(readdir)(folder); }
struct dirent64 *readdir64(DIR *folder) { FAIL(READDIR, NULL, dirfd(folder), NULL); return REAL(readdir64)(folder); }
int flock(int file, int operation) { FAIL(FLOCK, NULL, file, -1); return REAL(flock)(file, operation); }
int ftruncate(int file, off_t size) { FAIL(FTRUNCATE, NULL, file, -1); return REAL(ftruncate)(file, size); }
int ftruncate64(int file, off64_t size) { FAIL(FTRUNCATE, NULL, file, -1); return REAL(ftruncate64)(file, size); }
void *mmap(void *place, size_t size, int access, int flags, int file, off_t at) {
  // Memory that is no file's belongs to the allocator; without it nothing could be told.
  if (file >= 0) FAIL(MMAP, NULL, file, MAP_FAILED);
  return REAL(mmap)(place, size, access, flags, file, at);
}
void *mmap64(void *place, size_t size, int access, int flags, int file, off64_t at) {
  if (file >= 0) FAIL(MMAP, NULL, file, MAP_FAILED);
  return REAL(mmap64)(place, size, access, flags, file, at);
}
int pipe(int ends[2]) { FAIL(PIPE, NULL, -1, -1); return REAL(pipe)(ends); }
int poll(struct pollfd *files, nfds_t size, int timeout) { FAIL(POLL, NULL, -1, -1); return REAL(poll)(files, size, timeout); }
int posix_spawn(pid_t *child, const char *path, const posix_spawn_file_actions_t *actions,
    const posix_spawnattr_t *attributes, char *const words[], char *const variables[]) {
  if (strikes(SPAWN, path, -1) == 'e') return number;
  return REAL(posix_spawn)(child, path, actions, attributes, words, variables);
}
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *context) {
  if (strikes(THREAD, NULL, -1) == 'e') return number;
  return REAL(pthread_create)(thread, attributes, body, context);
}

// A clock does not fail: it is counted, and turned back, only where that was asked for.
static long long turned_back(void) {
  if (!active || chosen != CLOCK || kind != 'b') return 0;
  strikes(CLOCK, "the clock", -1);
  return (long long)number * atomic_load(&made[CLOCK]);
}
int clock_gettime(clockid_t clock, struct timespec *now) {
  int answer = REAL(clock_gettime)(clock, now);
  if (answer == 0 && clock == CLOCK_REALTIME) now->tv_sec -= (time_t)turned_back();
  return answer;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int answer = REAL(gettimeofday)(now, zone);
  if (answer == 0) now->tv_sec -= (time_t)turned_back();
  return answer;
}
time_t time(time_t *now) {
  time_t moment = REAL(time)(NULL) - (time_t)turned_back();
  if (now) *now = moment;
  return moment;
}
