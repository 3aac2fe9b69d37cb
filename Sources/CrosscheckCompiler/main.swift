// The compile worker: libseccomp in a process that the driver can kill. It is started with the shared
// memory and the lifeline as descriptors 3 and 4 (clinux_worker.h) and serves requests until the driver
// ends or kills it.
import CLinux
import CSeccompTypes
import Glibc

/// Room for the library and the shared memory many times over, and an end to a rule that takes without bound.
let addressSpaceLimit: UInt64 = 2 << 30

func fail(_ status: Int32, _ message: String) -> Never {
  let line = Array("crosscheck-compiler: \(message)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
  exit(status)
}

let arguments = CommandLine.arguments.dropFirst()
let file: String
switch (arguments.count, arguments.first, arguments.last) {
case (0, _, _): file = "libseccomp.so.2"
case (2, "--libseccomp"?, let name?): file = name
default: fail(64, "usage: crosscheck-compiler [--libseccomp FILE]; crosscheck starts it by itself")
}

guard let memory = SharedMemory(descriptor: CLINUX_WORKER_MEMORY_FD) else {
  fail(
    64,
    "descriptor \(CLINUX_WORKER_MEMORY_FD) is not a driver's memory; crosscheck starts this program by itself"
  )
}
// The Swift runtime may have set handlers that describe a crash at length; here it is the library's crash, and
// the driver reports it.
for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
let lifeline = clinux_lifeline(CLINUX_WORKER_LIFELINE_FD)
guard lifeline == 0 else {
  fail(1, "cannot tie this process to its driver: \(String(cString: strerror(-lifeline)))")
}
let limited = min(clinux_no_core(), clinux_worker_limit_memory(addressSpaceLimit))
guard limited == 0 else {
  fail(1, "cannot limit this process: \(String(cString: strerror(-limited)))")
}

func announce(_ start: clinux_worker_start) {
  clinux_store_release(memory.startWord, start.rawValue)
  _ = clinux_futex_wake(memory.startWord, 1)
}

func load(_ file: String) throws(LoadFailure) -> Library {
  let library = try Library(file: file)
  guard let version = library.version() else { throw LoadFailure("\(file): seccomp_version gave no version") }
  memory.header.pointee.version = (version.pointee.major, version.pointee.minor, version.pointee.micro)
  memory.header.pointee.api_level = library.getAPILevel()
  return library
}

let library: Library
do {
  library = try load(file)
} catch {
  strncpy(clinux_worker_message(memory.header), error.message, Int(CLINUX_WORKER_MESSAGE_SIZE) - 1)
  announce(CLINUX_WORKER_LIBRARY_UNUSABLE)
  exit(1)
}

var served = clinux_load_acquire(memory.replyWord)
memory.report(CLINUX_WORKER_WAITING)
announce(CLINUX_WORKER_READY)
while true {
  let request = clinux_load_acquire(memory.requestWord)
  if request == served {
    _ = clinux_futex_wait(memory.requestWord, served, -1)
    continue
  }
  library.compile(memory)
  served = request
  memory.report(CLINUX_WORKER_WAITING)
  clinux_store_release(memory.replyWord, served)
  _ = clinux_futex_wake(memory.replyWord, 1)
}
