// Four threads and a Mutex around everything that they share: no race.
import Glibc
import Synchronization

let list = Mutex<[Int]>([])
var threads = [pthread_t](repeating: pthread_t(), count: 4)
for index in threads.indices {
  pthread_create(
    &threads[index], nil,
    { _ in
      for number in 0..<10_000 { list.withLock { $0.append(number) } }
      return nil
    }, nil)
}
for thread in threads { pthread_join(thread, nil) }
print(list.withLock { $0.count })
