namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>
/// What containers may ask of the kernel unless they bring a profile of their own: everything an ordinary program needs.
/// Calls that reach over the container's edge come with the capability that permits what they do anyway.
/// </summary>
internal static class DefaultProfile
{
    private const string Allow = "SCMP_ACT_ALLOW";
    private const string Refuse = "SCMP_ACT_ERRNO";
    private const uint EPERM = 1;
    private const uint ENOSYS = 38;

    // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET together.
    private const ulong NewNamespaces = 0x7E020000;

    private const string Ordinary = """
        accept accept4 access adjtimex alarm bind brk cachestat capget capset chdir chmod chown chown32 clock_adjtime clock_adjtime64
        clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64 close close_range connect
        copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait
        epoll_wait_old eventfd eventfd2 execve execveat exit exit_group faccessat faccessat2 fadvise64 fadvise64_64 fallocate
        fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr flistxattr flock fork
        fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 futex futex_requeue futex_time64
        futex_wait futex_waitv futex_wake futimesat get_robust_list get_thread_area getcpu getcwd getdents getdents64 getegid getegid32
        geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer getpeername getpgid getpgrp getpid getppid getpriority getrandom
        getresgid getresgid32 getresuid getresuid32 getrlimit getrusage getsid getsockname getsockopt gettid gettimeofday getuid getuid32
        getxattr getxattrat inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents
        io_pgetevents_time64 io_setup io_submit ioctl ioprio_get ioprio_set ipc kill landlock_add_rule landlock_create_ruleset
        landlock_restrict_self lchown lchown32 lgetxattr link linkat listen listmount listxattr listxattrat llistxattr _llseek
        lremovexattr lseek lsetxattr lstat lstat64 madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mkdir mkdirat
        mknod mknodat mlock mlock2 mlockall mmap mmap2 mprotect mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64
        mq_timedsend mq_timedsend_time64 mq_unlink mremap mseal msgctl msgget msgrcv msgsnd msync munlock munlockall munmap
        name_to_handle_at nanosleep newfstatat _newselect open openat openat2 pause pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc
        pkey_free pkey_mprotect poll ppoll ppoll_time64 prctl pread64 preadv preadv2 prlimit64 process_mrelease pselect6 pselect6_time64
        pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv recv recvfrom recvmmsg recvmmsg_time64 recvmsg remap_file_pages
        removexattr removexattrat rename renameat renameat2 restart_syscall riscv_hwprobe rmdir rseq rt_sigaction rt_sigpending
        rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo
        sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler
        sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield
        seccomp select semctl semget semop semtimedop semtimedop_time64 send sendfile sendfile64 sendmmsg sendmsg sendto set_robust_list
        set_thread_area set_tid_address setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setitimer setpgid
        setpriority setregid setregid32 setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit setsid setsockopt setuid
        setuid32 setxattr setxattrat shmat shmctl shmdt shmget shutdown sigaltstack signalfd signalfd4 sigprocmask sigreturn socketcall
        socketpair splice stat stat64 statfs statfs64 statmount statx symlink symlinkat sync sync_file_range syncfs sysinfo tee tgkill
        time timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create
        timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64 times tkill truncate truncate64 ugetrlimit umask uname unlink
        unlinkat uretprobe utime utimensat utimensat_time64 utimes vfork vmsplice wait4 waitid waitpid write writev
        """;

    private const string Administrative = """
            bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie lsm_get_self_attr lsm_list_modules lsm_set_self_attr
            mount mount_setattr move_mount open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog umount
            umount2 unshare
            """;

    public static SeccompProfile Instance { get; } = new()
    {
        DefaultAction = Refuse,
        DefaultErrno = EPERM,
        Architectures = SeccompArchitectures.All,
        Rules = [.. Always(), .. Personalities(), .. PerArchitecture(), .. Cloning(), .. PerCapability()],
    };

    private static IEnumerable<SeccompRule> Always()
    {
        yield return Permit(Ordinary);
        // Older kernels let a tracer get around the filter.
        yield return Permit("process_vm_readv process_vm_writev ptrace") with { Includes = new SeccompCondition { MinimumKernel = new Version(4, 8) } };
        // Every address family but the host's virtual machine sockets (40) and the kernel's crypto interface (38).
        yield return Permit("socket") with { Arguments = [new SeccompArgument(0, 38, null, "SCMP_CMP_LT")] };
        yield return Permit("socket") with { Arguments = [new SeccompArgument(0, 39, null, "SCMP_CMP_EQ")] };
        yield return Permit("socket") with { Arguments = [new SeccompArgument(0, 40, null, "SCMP_CMP_GT")] };
    }

    /// <summary>Linux, with 32-bit addresses or an old version number or both, and asking which it is.</summary>
    private static IEnumerable<SeccompRule> Personalities() =>
        ((ulong[])[0x0, 0x8, 0x20000, 0x20008, 0xFFFFFFFF]).Select(value => Permit("personality") with { Arguments = [new SeccompArgument(0, value, null, "SCMP_CMP_EQ")] });

    private static IEnumerable<SeccompRule> PerArchitecture()
    {
        yield return On(["ppc64le"], "sync_file_range2 swapcontext");
        yield return On(["arm", "arm64"], "arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls");
        yield return On(["amd64", "x32"], "arch_prctl");
        yield return On(["amd64", "x32", "x86"], "modify_ldt");
        yield return On(["s390", "s390x"], "s390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr");
        yield return On(["riscv64"], "riscv_flush_icache");
    }

    /// <summary>New processes always, new namespaces only for administrators. clone3's flags lie in memory, where a filter cannot look: libc falls back.</summary>
    private static IEnumerable<SeccompRule> Cloning()
    {
        string[] administrator = ["CAP_SYS_ADMIN"];
        string[] swappedArguments = ["s390", "s390x"];
        yield return Permit("clone") with
        {
            Arguments = [new SeccompArgument(0, NewNamespaces, null, "SCMP_CMP_MASKED_EQ")],
            Excludes = new SeccompCondition { Capabilities = administrator, Architectures = swappedArguments },
        };
        yield return Permit("clone") with
        {
            Arguments = [new SeccompArgument(1, NewNamespaces, null, "SCMP_CMP_MASKED_EQ")],
            Includes = new SeccompCondition { Architectures = swappedArguments },
            Excludes = new SeccompCondition { Capabilities = administrator },
        };
        yield return new SeccompRule(["clone3"], Refuse) { Errno = ENOSYS, Excludes = new SeccompCondition { Capabilities = administrator } };
    }

    private static IEnumerable<SeccompRule> PerCapability()
    {
        yield return With("CAP_DAC_READ_SEARCH", "open_by_handle_at");
        yield return With("CAP_SYS_ADMIN", Administrative);
        yield return With("CAP_SYS_BOOT", "reboot");
        yield return With("CAP_SYS_CHROOT", "chroot");
        yield return With("CAP_SYS_MODULE", "delete_module init_module finit_module");
        yield return With("CAP_SYS_PACCT", "acct");
        yield return With("CAP_SYS_PTRACE", "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace");
        yield return With("CAP_SYS_RAWIO", "iopl ioperm");
        yield return With("CAP_SYS_TIME", "settimeofday stime clock_settime clock_settime64");
        yield return With("CAP_SYS_TTY_CONFIG", "vhangup");
        yield return With("CAP_SYS_NICE", "get_mempolicy mbind set_mempolicy set_mempolicy_home_node");
        yield return With("CAP_SYSLOG", "syslog");
        yield return With("CAP_BPF", "bpf");
        yield return With("CAP_PERFMON", "perf_event_open");
    }

    private static SeccompRule Permit(string names) => new(names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), Allow);

    private static SeccompRule On(string[] architectures, string names) =>
        Permit(names) with { Includes = new SeccompCondition { Architectures = architectures } };

    private static SeccompRule With(string capability, string names) =>
        Permit(names) with { Includes = new SeccompCondition { Capabilities = [capability] } };
}
