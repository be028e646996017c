using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Linux.Processes;
using Boreal.Shim.Streams;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Runtime;

/// <summary>Calls of the OCI runtime. Its errors come on standard error, which it shares with the process it starts.</summary>
internal sealed class RuntimeCall(LaunchMessage launch, StateDirectory state, ChildReaper reaper)
{
    /// <summary>run: creates and starts the container.</summary>
    internal void Run(StdioPlan stdio, Action<int> ended) =>
        Start(["run", "--detach", "--bundle", launch.BundleDirectory, "--pid-file", state.PathOf(ShimFiles.RuntimePid)], stdio, ended);

    /// <summary>Runtimes give an exec's streams to its user. The machine's /dev/null is not theirs to give: a null device of the container's own is.</summary>
    internal void Exec(ExecMessage exec, string pidFile, StdioPlan stdio, Action<int> ended) =>
        Start(["exec", "--detach", "--process", exec.ProcessSpecPath, "--pid-file", pidFile], stdio, ended, _null ??= NullDevice.Open());

    internal void Delete(Action<int> ended)
    {
        var call = Arguments(["delete", "--force"]);
        call.Add(launch.ContainerId);
        Spawn(call, [null, null, null], ended);
    }

    /// <summary>Takes what the runtime printed before it failed: its last line is the reason.</summary>
    internal static string ReadFailure(FileDescriptor? standardError)
    {
        if (standardError is null) return "";
        standardError.SetNonBlocking(true);
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (length < buffer.Length)
        {
            var count = standardError.TryRead(buffer.AsSpan(length));
            if (count <= 0) break;
            length += count;
        }

        var text = Encoding.UTF8.GetString(buffer, 0, length).TrimEnd();
        return text[(text.LastIndexOf('\n') + 1)..];
    }

    /// <summary>By way of our own descriptor: the runtime itself gets none that it could leave to a container.</summary>
    private readonly string _executable = launch.HasRuntimeDescriptor ? $"/proc/{Environment.ProcessId}/fd/{ShimFiles.RuntimeDescriptor}" : launch.RuntimePath;

    private FileDescriptor? _null;

    private void Start(ReadOnlySpan<string> verb, StdioPlan stdio, Action<int> ended, FileDescriptor? absent = null)
    {
        var call = Arguments(verb);
        if (stdio.ConsolePath is { } console)
        {
            call.Add("--console-socket");
            call.Add(console);
        }

        call.Add(launch.ContainerId);
        using var view = verb[0] == "run" ? HybridCgroupView.Enter() : null;
        Spawn(call, [stdio.ChildStdin ?? absent, stdio.ChildStdout ?? absent, stdio.ChildStderr ?? absent], ended);
    }

    private List<string> Arguments(ReadOnlySpan<string> verb)
    {
        // Warnings must not get into the container's output; errors are printed besides.
        var call = new List<string> { launch.RuntimePath, "--root", launch.RuntimeRoot, "--log", "/dev/null" };
        foreach (var argument in launch.RuntimeArguments) call.Add(argument);
        foreach (var word in verb) call.Add(word);
        return call;
    }

    private void Spawn(List<string> call, FileDescriptor?[] stdio, Action<int> ended)
    {
        reaper.BeginRuntimeCall();
        int processId;
        try
        {
            processId = Linux.Processes.Spawn.Start(new SpawnRequest { Path = _executable, Arguments = call, Inherit = stdio });
        }
        catch (LinuxException)
        {
            reaper.EndRuntimeCall();
            throw;
        }

        reaper.Expect(processId, code =>
        {
            ended(code);
            reaper.EndRuntimeCall();
        });
    }
}
