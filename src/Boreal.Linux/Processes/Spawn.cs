using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Processes;

/// <summary>posix_spawn(3): the only way managed code starts a process, for it must never fork.</summary>
public static unsafe partial class Spawn
{
    private const short SetSignalMask = 0x08;
    private const short SetSignalDefaults = 0x04;
    private const short SetSession = 0x80;
    private const int StandardDescriptors = 3;

    // Sizes of glibc's opaque types, rounded up (posix_spawnattr_t 336, file actions 80, sigset_t 128).
    private const int AttributeBytes = 512;
    private const int ActionBytes = 128;
    private const int SignalSetBytes = 128;

    /// <summary>Starts a process and returns its id. The caller must reap it (<see cref="Children"/> or <see cref="PidFd.TryReap"/>).</summary>
    public static int Start(SpawnRequest request)
    {
        var actions = stackalloc byte[ActionBytes];
        var attributes = stackalloc byte[AttributeBytes];
        Check(Native.posix_spawn_file_actions_init(actions), request);
        Check(Native.posix_spawnattr_init(attributes), request);
        var raised = new List<FileDescriptor>();
        using var arguments = new StringVector(request.Arguments);
        using var environment = new StringVector(request.Environment ?? CurrentEnvironment());
        try
        {
            SetSignals(attributes, request);
            AddDescriptors(actions, request, raised);
            if (request.WorkingDirectory is { } directory)
                Check(Native.posix_spawn_file_actions_addchdir_np(actions, directory), request);
            Check(Native.posix_spawn(out var process, request.Path, actions, attributes, arguments.Pointer, environment.Pointer), request);
            return process;
        }
        finally
        {
            _ = Native.posix_spawn_file_actions_destroy(actions);
            _ = Native.posix_spawnattr_destroy(attributes);
            foreach (var descriptor in raised) descriptor.Dispose();
        }
    }

    /// <summary>Starts a process and returns it as a <see cref="PidFd"/>.</summary>
    public static PidFd StartWithPidFd(SpawnRequest request) => PidFd.Open(Start(request));

    private static void SetSignals(byte* attributes, SpawnRequest request)
    {
        var blocked = stackalloc byte[SignalSetBytes];
        var all = stackalloc byte[SignalSetBytes];
        _ = Native.sigemptyset(blocked);
        _ = Native.sigfillset(all);
        foreach (var signal in request.BlockedSignals) _ = Native.sigaddset(blocked, signal);
        Check(Native.posix_spawnattr_setsigmask(attributes, blocked), request);
        Check(Native.posix_spawnattr_setsigdefault(attributes, all), request);
        var flags = (short)(SetSignalMask | SetSignalDefaults | (request.NewSession ? SetSession : 0));
        Check(Native.posix_spawnattr_setflags(attributes, flags), request);
    }

    private static void AddDescriptors(byte* actions, SpawnRequest request, List<FileDescriptor> raised)
    {
        var count = Math.Max(StandardDescriptors, request.Inherit.Count);
        for (var target = 0; target < count; target++)
        {
            var source = target < request.Inherit.Count ? request.Inherit[target] : null;
            if (source is null)
            {
                if (target < StandardDescriptors)
                    Check(Native.posix_spawn_file_actions_addopen(actions, target, "/dev/null", (int)OpenFlags.ReadWrite, 0), request);
                continue;
            }

            // A copy above all targets, so that no target overwrites a source that is still needed.
            var copy = source.Duplicate(count);
            raised.Add(copy);
            Check(Native.posix_spawn_file_actions_adddup2(actions, (int)copy.DangerousGetHandle(), target), request);
        }

        Check(Native.posix_spawn_file_actions_addclosefrom_np(actions, count), request);
    }

    private static List<string> CurrentEnvironment()
    {
        var lines = new List<string>();
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            lines.Add($"{entry.Key}={entry.Value}");
        return lines;
    }

    private static void Check(int errno, SpawnRequest request)
    {
        if (errno != 0) throw new LinuxException(errno, "posix_spawn", request.Path);
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private sealed class StringVector : IDisposable
    {
        private readonly int _count;

        internal StringVector(IReadOnlyList<string> strings)
        {
            _count = strings.Count;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < _count; i++) Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }

        internal byte** Pointer { get; }

        public void Dispose()
        {
            for (var i = 0; i < _count; i++) Marshal.FreeCoTaskMem((nint)Pointer[i]);
            NativeMemory.Free(Pointer);
        }
    }

    private static partial class Native
    {
        [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int posix_spawn(out int process, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

        [LibraryImport("libc")]
        internal static partial int posix_spawn_file_actions_init(byte* actions);

        [LibraryImport("libc")]
        internal static partial int posix_spawn_file_actions_destroy(byte* actions);

        [LibraryImport("libc")]
        internal static partial int posix_spawn_file_actions_adddup2(byte* actions, int source, int target);

        [LibraryImport("libc")]
        internal static partial int posix_spawn_file_actions_addclosefrom_np(byte* actions, int from);

        [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int posix_spawn_file_actions_addopen(byte* actions, int target, string path, int flags, uint mode);

        [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

        [LibraryImport("libc")]
        internal static partial int posix_spawnattr_init(byte* attributes);

        [LibraryImport("libc")]
        internal static partial int posix_spawnattr_destroy(byte* attributes);

        [LibraryImport("libc")]
        internal static partial int posix_spawnattr_setflags(byte* attributes, short flags);

        [LibraryImport("libc")]
        internal static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

        [LibraryImport("libc")]
        internal static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

        [LibraryImport("libc")]
        internal static partial int sigemptyset(byte* signals);

        [LibraryImport("libc")]
        internal static partial int sigfillset(byte* signals);

        [LibraryImport("libc")]
        internal static partial int sigaddset(byte* signals, int signal);
    }
}
