import CSeccompTypes
import Glibc

/// The functions of one libseccomp, found by name in a library loaded at run time.
struct Library {
  typealias Context = scmp_filter_ctx

  let version: @convention(c) () -> UnsafePointer<scmp_version>?
  let getAPILevel: @convention(c) () -> UInt32
  let setAPILevel: @convention(c) (UInt32) -> Int32
  let initialise: @convention(c) (UInt32) -> Context?
  let release: @convention(c) (Context) -> Void
  let setAttribute: @convention(c) (Context, scmp_filter_attr, UInt32) -> Int32
  let nativeArchitecture: @convention(c) () -> UInt32
  let resolveArchitecture: @convention(c) (UnsafePointer<CChar>) -> UInt32
  let addArchitecture: @convention(c) (Context, UInt32) -> Int32
  let removeArchitecture: @convention(c) (Context, UInt32) -> Int32
  let resolveName: @convention(c) (UnsafePointer<CChar>) -> Int32
  let addRule: @convention(c) (Context, UInt32, Int32, UInt32, UnsafePointer<scmp_arg_cmp>?) -> Int32
  let exportBPF: @convention(c) (Context, Int32) -> Int32

  /// Load `file` as dlopen(3) finds it. Every symbol is resolved now, so that none can fail in a compile.
  init(file: String) throws(LoadFailure) {
    // The library's calls of its own functions stay inside it (RTLD_LOCAL; the worker is linked with none).
    guard let handle = dlopen(file, RTLD_NOW | RTLD_LOCAL) else { throw LoadFailure(fromLoaderFor: file) }
    func symbol<Function>(_ name: String, as: Function.Type) throws(LoadFailure) -> Function {
      guard let address = dlsym(handle, name) else { throw LoadFailure(fromLoaderFor: file) }
      return unsafeBitCast(address, to: Function.self)
    }
    version = try symbol("seccomp_version", as: type(of: version))
    getAPILevel = try symbol("seccomp_api_get", as: type(of: getAPILevel))
    setAPILevel = try symbol("seccomp_api_set", as: type(of: setAPILevel))
    initialise = try symbol("seccomp_init", as: type(of: initialise))
    release = try symbol("seccomp_release", as: type(of: release))
    setAttribute = try symbol("seccomp_attr_set", as: type(of: setAttribute))
    nativeArchitecture = try symbol("seccomp_arch_native", as: type(of: nativeArchitecture))
    resolveArchitecture = try symbol("seccomp_arch_resolve_name", as: type(of: resolveArchitecture))
    addArchitecture = try symbol("seccomp_arch_add", as: type(of: addArchitecture))
    removeArchitecture = try symbol("seccomp_arch_remove", as: type(of: removeArchitecture))
    resolveName = try symbol("seccomp_syscall_resolve_name", as: type(of: resolveName))
    addRule = try symbol("seccomp_rule_add_array", as: type(of: addRule))
    exportBPF = try symbol("seccomp_export_bpf", as: type(of: exportBPF))
  }
}

/// Why a file cannot serve as libseccomp.
struct LoadFailure: Error {
  let message: String

  init(_ message: String) { self.message = message }

  /// What the dynamic loader said last, which names the file or the symbol.
  init(fromLoaderFor file: String) {
    message = dlerror().map { String(cString: $0) } ?? "the loader gave no reason for \(file)"
  }
}
