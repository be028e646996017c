using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Seccomp;

/// <summary>A filter under construction in libseccomp, see seccomp_init(3).</summary>
public sealed partial class SeccompFilter : SafeHandle
{
    private const int UnknownCall = -1;

    /// <summary>For the marshaller; such an instance is invalid until a call fills it.</summary>
    public SeccompFilter()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>A filter for this machine's architecture; null where the library is not installed.</summary>
    public static SeccompFilter? TryCreate(SeccompAction otherwise)
    {
        if (!NativeLibrary.TryLoad(Native.Library, out _)) return null;
        var created = Native.seccomp_init(otherwise.Code);
        return created.IsInvalid ? throw new LinuxException(Errno.EINVAL, "seccomp_init") : created;
    }

    /// <summary>Also filters calls of another instruction set.</summary>
    /// <param name="name">The library's name, for example <c>x86_64</c>.</param>
    public void AddArchitecture(string name)
    {
        var token = Native.seccomp_arch_resolve_name(name);
        if (token == 0) throw new LinuxException(Errno.EINVAL, "seccomp_arch_resolve_name", name);
        var result = Native.seccomp_arch_add(this, token);
        if (result is not (0 or -Errno.EEXIST)) throw new LinuxException(-result, "seccomp_arch_add", name);
    }

    /// <summary>Adds a rule. Calls the library does not know are left out: this kernel's users cannot know them either.</summary>
    public void Add(SeccompAction action, string call, ReadOnlySpan<SeccompComparison> arguments)
    {
        var number = Native.seccomp_syscall_resolve_name(call);
        if (number == UnknownCall) return;
        var result = Native.seccomp_rule_add_array(this, action.Code, number, (uint)arguments.Length, arguments);
        if (result != 0) throw new LinuxException(-result, "seccomp_rule_add_array", call);
    }

    /// <summary>The program as the kernel takes it: an array of struct sock_filter.</summary>
    public byte[] Export()
    {
        using var file = MemoryFile.Create("seccomp");
        var result = Native.seccomp_export_bpf(this, file);
        if (result != 0) throw new LinuxException(-result, "seccomp_export_bpf");
        var program = new byte[file.SeekEnd()];
        for (var read = 0; read < program.Length;)
        {
            var count = file.ReadAt(program.AsSpan(read), read);
            if (count == 0) throw new LinuxException(Errno.EIO, "pread", "seccomp");
            read += count;
        }

        return program;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Native.seccomp_release(handle);
        return true;
    }

    private static partial class Native
    {
        internal const string Library = "libseccomp.so.2";

        [LibraryImport(Library)]
        internal static partial SeccompFilter seccomp_init(uint action);

        [LibraryImport(Library)]
        internal static partial void seccomp_release(nint filter);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial uint seccomp_arch_resolve_name(string name);

        [LibraryImport(Library)]
        internal static partial int seccomp_arch_add(SeccompFilter filter, uint token);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int seccomp_syscall_resolve_name(string name);

        [LibraryImport(Library)]
        internal static partial int seccomp_rule_add_array(SeccompFilter filter, uint action, int call, uint count, ReadOnlySpan<SeccompComparison> arguments);

        [LibraryImport(Library)]
        internal static partial int seccomp_export_bpf(SeccompFilter filter, FileDescriptor file);
    }
}
