/// Calls that do the same thing by other names, so that refusing one leaves the way open by the others.
enum CallFamilies {
  /// Each member and what else reaches what it reaches. Sources: the manual pages of section 2 and
  /// arch/x86/entry/syscalls of the kernel for the i386 names.
  static let siblings: [String: [String]] = [
    "mount": ["move_mount", "fsmount", "fsconfig", "open_tree", "mount_setattr"],
    "umount2": ["umount"],
    "kexec_load": ["kexec_file_load"], "kexec_file_load": ["kexec_load"],
    "init_module": ["finit_module"], "finit_module": ["init_module"],
    "process_vm_readv": ["process_vm_writev", "ptrace"], "process_vm_writev": ["ptrace"],
    "ptrace": ["process_vm_readv", "process_vm_writev"],
    "open": ["openat", "openat2", "creat"], "openat": ["open", "openat2"],
    "execve": ["execveat"], "fork": ["vfork", "clone", "clone3"], "clone": ["clone3"],
    "unlink": ["unlinkat"], "rmdir": ["unlinkat"], "mkdir": ["mkdirat"], "mknod": ["mknodat"],
    "rename": ["renameat", "renameat2"], "chmod": ["fchmodat", "fchmodat2", "fchmod"],
    "chown": ["fchownat", "fchown", "lchown"], "link": ["linkat"], "symlink": ["symlinkat"],
    "settimeofday": ["clock_settime", "adjtimex", "clock_adjtime"],
    "clock_settime": ["clock_settime64", "settimeofday"],
    "kill": ["tkill", "tgkill", "pidfd_send_signal", "rt_sigqueueinfo"],
    "open_by_handle_at": [], "setns": [], "unshare": ["clone", "clone3"],
  ]

  /// What isolates containers from each other and from the machine (docs.docker.com, "Significant syscalls blocked
  /// by the default profile").
  static let dangerous: [(name: String, why: String)] = [
    ("ptrace", "it reads and writes the memory of other processes"),
    ("process_vm_writev", "it writes the memory of other processes"),
    ("process_vm_readv", "it reads the memory of other processes"),
    ("mount", "it mounts filesystems"), ("umount2", "it unmounts filesystems"),
    ("move_mount", "it mounts filesystems, as mount does"), ("pivot_root", "it changes the root filesystem"),
    ("chroot", "it changes the root directory"), ("kexec_load", "it replaces the running kernel"),
    ("kexec_file_load", "it replaces the running kernel"), ("init_module", "it loads code into the kernel"),
    ("finit_module", "it loads code into the kernel"), ("delete_module", "it unloads kernel modules"),
    ("reboot", "it restarts the machine"), ("bpf", "it loads programs into the kernel"),
    ("open_by_handle_at", "it opens files outside the container's root"),
    ("perf_event_open", "it observes the kernel and other processes"),
    ("setns", "it enters other namespaces"),
    ("unshare", "it makes new namespaces"), ("userfaultfd", "it makes races in the kernel winnable"),
    ("swapon", "it changes the machine's swap space"), ("keyctl", "the keyring is not namespaced"),
  ]
}
