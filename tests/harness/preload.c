/* Stands between a program and the C library (LD_PRELOAD): notes, in order, everything the program does to files
   below TRUST_ROOT into the file TRUST_TRACE, and on demand lets some of it fail as a bad disk would.

   A note is a struct note, two paths and the data. Files go by their inode, so a rename does not confuse them.
   trust_mark(n) sets a mark between the notes; trust_faults(n, seed) lets n of a million calls fail from now on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ({ static __typeof__(&name) found; if (!found) found = (__typeof__(&name))dlsym(RTLD_NEXT, #name); found; })
#define COUNT(list) (sizeof(list) / sizeof *(list))

struct note { uint8_t deed, pad; uint16_t first, second, spare; uint32_t length; uint64_t inode, offset; } __attribute__((packed));

static char root[PATH_MAX];
static size_t root_length;
static int trace = -1, chance, faults;
static uint64_t dice;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("TRUST_ROOT"), *target = getenv("TRUST_TRACE");
    if (!folder || !target) return;
    snprintf(root, sizeof root, "%s", folder);
    trace = REAL(open)(target, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    root_length = trace == -1 ? 0 : strlen(root);
}

static void note(char deed, uint64_t inode, uint64_t offset, const char *first, const char *second, const void *data, size_t length) {
    struct note head = {deed, 0, strlen(first), strlen(second), 0, length, inode, offset};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)first, head.first}, {(void *)second, head.second}, {(void *)data, length}};
    if (writev(trace, parts, 4) != (ssize_t)(sizeof head + head.first + head.second + length)) abort();
}

static int below(const char *path) {
    return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static int path_of(int handle, char *path) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return below(path);
}

/* The absolute path into the buffer; whether it is one to be watched. */
static int named(int folder, const char *path, char *whole) {
    char start[PATH_MAX] = "";
    if (path[0] == '/') { snprintf(whole, PATH_MAX, "%s", path); return below(whole); }
    if (folder == AT_FDCWD) { if (!getcwd(start, sizeof start)) return 0; } else path_of(folder, start);
    if (snprintf(whole, PATH_MAX, "%s/%s", start, path) >= PATH_MAX) return 0;
    return below(whole);
}

static int watched(int handle) {
    char path[PATH_MAX];
    return root_length && handle != trace && path_of(handle, path);
}

static uint64_t inode(int handle) { struct stat found; return fstat(handle, &found) ? 0 : found.st_ino; }

static uint64_t rolled(void) { dice ^= dice << 13; dice ^= dice >> 7; dice ^= dice << 17; return dice; }

/* Whether this call is to fail; then errno says how. */
static int fails(const int *errors, size_t count) {
    if (!chance || rolled() % 1000000 >= (uint64_t)chance) return 0;
    faults++;
    errno = errors[rolled() % count];
    return 1;
}

static const int of_write[] = {EIO, ENOSPC, EINTR}, of_sync[] = {EIO, ENOSPC}, of_read[] = {EIO}, of_open[] = {EIO, ENOSPC, EINTR, EMFILE};
#define FAILS(list) fails(list, COUNT(list))
#define LOCKED(type, watch, ordinary, body) \
    if (!(watch)) return ordinary; \
    type result = -1; \
    pthread_mutex_lock(&turn); \
    body; \
    int kept = errno; pthread_mutex_unlock(&turn); errno = kept; \
    return result

void trust_mark(uint64_t number) { pthread_mutex_lock(&turn); if (root_length) note('M', number, 0, "", "", "", 0); pthread_mutex_unlock(&turn); }

/* Returns how many faults there have been. */
int trust_faults(int of_a_million, uint64_t seed) { pthread_mutex_lock(&turn); chance = of_a_million; dice = seed * 2654435761u + 88172645463325252u; pthread_mutex_unlock(&turn); return faults; }

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    LOCKED(int, named(folder, path, whole), REAL(openat)(folder, path, flags, mode), {
        int there = !access(whole, F_OK);
        if (!FAILS(of_open)) result = REAL(openat)(folder, path, flags, mode);
        if (result != -1 && !there) note('C', inode(result), 0, whole, "", "", 0);
        else if (result != -1 && flags & O_TRUNC) note('T', inode(result), 0, "", "", "", 0);
    });
}

#define OPEN(name, folder, ...) int name(__VA_ARGS__, int flags, ...) { \
    va_list rest; va_start(rest, flags); mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; va_end(rest); \
    return opened(folder, path, flags, mode); }
OPEN(open, AT_FDCWD, const char *path)
OPEN(open64, AT_FDCWD, const char *path)
OPEN(openat, folder, int folder, const char *path)
OPEN(openat64, folder, int folder, const char *path)

static ssize_t written(int handle, const void *data, size_t length, off_t at) {
    off_t start = at == -1 ? lseek(handle, 0, SEEK_CUR) : at;
    if (FAILS(of_write)) return -1;
    if (length > 1 && FAILS(of_write)) length /= 2;
    ssize_t done = at == -1 ? REAL(write)(handle, data, length) : REAL(pwrite)(handle, data, length, at);
    if (done > 0 && at == -1) start = lseek(handle, 0, SEEK_CUR) - done; /* also right for files opened for appending */
    if (done > 0) note('W', inode(handle), start, "", "", data, done);
    return done;
}

ssize_t write(int handle, const void *data, size_t length) { LOCKED(ssize_t, watched(handle), REAL(write)(handle, data, length), result = written(handle, data, length, -1)); }
ssize_t pwrite(int handle, const void *data, size_t length, off_t at) { LOCKED(ssize_t, watched(handle), REAL(pwrite)(handle, data, length, at), result = written(handle, data, length, at)); }
ssize_t pwrite64(int handle, const void *data, size_t length, off64_t at) { return pwrite(handle, data, length, at); }

#define READ(name, ordinary, ...) ssize_t name(__VA_ARGS__) { LOCKED(ssize_t, chance && watched(handle), ordinary, if (!FAILS(of_read)) result = ordinary); }
READ(read, REAL(read)(handle, data, length), int handle, void *data, size_t length)
READ(pread, REAL(pread)(handle, data, length, at), int handle, void *data, size_t length, off_t at)
READ(pread64, REAL(pread64)(handle, data, length, at), int handle, void *data, size_t length, off64_t at)

int ftruncate(int handle, off_t length) {
    LOCKED(int, watched(handle), REAL(ftruncate)(handle, length), {
        if (!FAILS(of_sync)) result = REAL(ftruncate)(handle, length);
        if (!result) note('T', inode(handle), length, "", "", "", 0);
    });
}
int ftruncate64(int handle, off64_t length) { return ftruncate(handle, length); }

/* A sync that fails has done its work, or the disk has forgotten what it was given since the one before ('X'). */
#define SYNC(name) int name(int handle) { LOCKED(int, watched(handle), REAL(name)(handle), { \
    if (!FAILS(of_sync)) { result = REAL(name)(handle); if (!result) note('S', inode(handle), 0, "", "", "", 0); } \
    else note(rolled() & 1 ? 'S' : 'X', inode(handle), 0, "", "", "", 0); }); }
SYNC(fsync)
SYNC(fdatasync)

/* One or two names, and what is noted of them. */
#define NAMES(name, from, to, real, noted, ...) int name(__VA_ARGS__) { \
    char first[PATH_MAX], second[PATH_MAX]; \
    int watch = named(from, path, first); watch |= named(to, other, second); \
    LOCKED(int, watch, real, { if (!FAILS(of_sync)) result = real; if (!result) noted; }); }
#define NAME(name, folder, real, noted, ...) int name(__VA_ARGS__) { \
    char first[PATH_MAX]; \
    LOCKED(int, named(folder, path, first), real, { if (!FAILS(of_sync)) result = real; if (!result) noted; }); }
NAMES(rename, AT_FDCWD, AT_FDCWD, REAL(rename)(path, other), note('R', 0, 0, first, second, "", 0), const char *path, const char *other)
NAMES(renameat, from, to, REAL(renameat)(from, path, to, other), note('R', 0, 0, first, second, "", 0), int from, const char *path, int to, const char *other)
NAMES(link, AT_FDCWD, AT_FDCWD, REAL(link)(path, other), note('L', 0, 0, first, second, "", 0), const char *path, const char *other)
NAMES(linkat, from, to, REAL(linkat)(from, path, to, other, flags), note('L', 0, 0, first, second, "", 0), int from, const char *path, int to, const char *other, int flags)
NAME(unlink, AT_FDCWD, REAL(unlink)(path), note('U', 0, 0, first, "", "", 0), const char *path)
NAME(unlinkat, folder, REAL(unlinkat)(folder, path, flags), note('U', 0, 0, first, "", "", 0), int folder, const char *path, int flags)
NAME(rmdir, AT_FDCWD, REAL(rmdir)(path), note('U', 0, 0, first, "", "", 0), const char *path)

static void note_folder(const char *path) { struct stat found; if (!stat(path, &found)) note('K', found.st_ino, 0, path, "", "", 0); }
NAME(mkdir, AT_FDCWD, REAL(mkdir)(path, mode), note_folder(first), const char *path, mode_t mode)
NAME(mkdirat, folder, REAL(mkdirat)(folder, path, mode), note_folder(first), int folder, const char *path, mode_t mode)

/* Copies inside the kernel would go unseen: refused, so that the program copies by itself. */
ssize_t sendfile(int to, int from, off_t *at, size_t length) { (void)to; (void)from; (void)at; (void)length; errno = ENOTSOCK; return -1; }
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) { return sendfile(to, from, at, length); }
