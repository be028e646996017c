using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Processes;
using Boreal.Linux.Syscalls;
using Boreal.Linux.Terminals;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Processes;

public sealed class SpawnTests
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    [Fact]
    public void Child_Spawned_HasItsDescriptorsDirectorySessionAndNothingElse()
    {
        using var output = new Pipe();
        using var extra = new Pipe();
        extra.WriteEnd.WriteAll("from three"u8);
        extra.WriteEnd.Dispose();
        using var child = Spawn.StartWithPidFd(new SpawnRequest
        {
            Path = "/bin/sh",
            Arguments = ["sh", "-c", "cat <&3; echo; pwd; ls /proc/$$/fd | tr '\\n' ' '; echo; cut -d ' ' -f 1,6 /proc/$$/stat; echo $X"],
            Environment = ["PATH=/bin:/usr/bin", "X=y"],
            WorkingDirectory = "/usr",
            NewSession = true,
            Inherit = [null, output.WriteEnd, null, extra.ReadEnd],
        });
        output.WriteEnd.Dispose();
        var lines = ReadAll(output.ReadEnd).Split('\n');

        Assert.True(child.WaitForExit(Patience));
        Assert.Equal(0, child.TryReap());
        Assert.Equal(["from three", "/usr", "0 1 2 3 ", $"{child.ProcessId} {child.ProcessId}", "y", ""], lines);
    }

    [Fact]
    public void PidFd_OfEndedChild_TellsSignalAndIsGone()
    {
        using var child = Spawn.StartWithPidFd(new SpawnRequest { Path = "/bin/sleep", Arguments = ["sleep", "60"] });
        Assert.False(child.WaitForExit(TimeSpan.Zero));
        Assert.Null(child.TryReap());
        Assert.True(child.TrySignal(Signals.Kill));
        Assert.True(child.WaitForExit(Patience));
        Assert.Equal(137, child.TryReap());
        Assert.False(child.TrySignal(Signals.Kill));
        Assert.Null(PidFd.TryOpen(child.ProcessId));
    }

    [Fact]
    public void Spawn_OfMissingProgram_Throws()
    {
        var failure = Assert.Throws<LinuxException>(() => Spawn.Start(new SpawnRequest { Path = "/no/such", Arguments = ["x"] }));

        Assert.Equal(Errno.ENOENT, failure.Errno);
    }

    [Fact]
    public void NamespaceThread_Unshared_LeavesTheRestOfTheProcessAlone()
    {
        Requirements.Root();
        using var directory = new TemporaryDirectory();
        var seen = NamespaceThread.Unshared(NamespaceKinds.Mount, () =>
        {
            Mount.SetPropagation("/", MountFlags.Private | MountFlags.Recursive);
            Mount.Attach("tmpfs", directory.Path, "tmpfs", MountFlags.None, "size=1m");
            File.WriteAllText(directory.File("inside"), "x");
            return File.ReadAllText("/proc/thread-self/mountinfo").Contains(directory.Path, StringComparison.Ordinal);
        });

        Assert.True(seen);
        Assert.False(File.Exists(directory.File("inside")));
        Assert.DoesNotContain(directory.Path, File.ReadAllText("/proc/self/mountinfo"), StringComparison.Ordinal);
    }

    [Fact]
    public void NamespaceThread_WhenWorkFails_ThrowsItsException()
    {
        var failure = Assert.Throws<FormatException>(() => NamespaceThread.Unshared<int>(NamespaceKinds.FileSystem, () => throw new FormatException("mine")));

        Assert.Equal("mine", failure.Message);
    }

    [Fact]
    public void Pty_Resized_TellsItsTerminal()
    {
        using var pty = new Pty();
        WindowSize.Apply(pty.Controller, 33, 99);

        Assert.Equal((33, 99), WindowSize.Read(pty.Terminal));
    }

    private static string ReadAll(FileDescriptor descriptor)
    {
        var text = new StringBuilder();
        Span<byte> buffer = stackalloc byte[4096];
        while (descriptor.TryRead(buffer) is > 0 and var count) text.Append(Encoding.UTF8.GetString(buffer[..count]));
        return text.ToString();
    }
}
