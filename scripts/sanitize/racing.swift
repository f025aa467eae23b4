// The same, and beside the Mutex a number that it does not guard: a race.
import Glibc
import Synchronization

let list = Mutex<[Int]>([])
nonisolated(unsafe) var unguarded = 0
var threads = [pthread_t](repeating: pthread_t(), count: 4)
for index in threads.indices {
  pthread_create(
    &threads[index], nil,
    { _ in
      for number in 0..<10_000 {
        list.withLock { $0.append(number) }
        unguarded += 1
      }
      return nil
    }, nil)
}
for thread in threads { pthread_join(thread, nil) }
print(list.withLock { $0.count }, unguarded)
