using System.Text;
using Boreal.Engine.Errors;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Processes;

namespace Boreal.Engine.Runtime.Processes;

/// <summary>Runs the host's ps(1).</summary>
internal static class PsProgram
{
    private static readonly string[] Places = ["/usr/bin/ps", "/bin/ps", "/usr/local/bin/ps"];

    public static Task<(bool Succeeded, string Output, string Error)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        // The pipes are read by blocking calls: not on a thread others wait for.
        Task.Factory.StartNew(() => Run(arguments, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static (bool Succeeded, string Output, string Error) Run(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var path = Places.FirstOrDefault(File.Exists)
            ?? throw new EngineException(ErrorKind.Internal, "ps: executable file not found in $PATH: install the package procps for docker top with ps options");
        using var output = new Pipe();
        using var error = new Pipe();
        var pid = Spawn.Start(new SpawnRequest { Path = path, Arguments = ["ps", .. arguments], Inherit = [null, output.WriteEnd, error.WriteEnd] });
        using var killOnCancel = cancellationToken.Register(() => Signals.TrySend(pid, Signals.Kill));
        output.WriteEnd.Dispose();
        error.WriteEnd.Dispose();
        // What ps says on its error stream is a few lines and fits its pipe, so one after the other cannot block.
        var (printed, complained) = (ReadAll(output.ReadEnd), ReadAll(error.ReadEnd));
        killOnCancel.Unregister();
        var succeeded = Children.Wait(pid) == 0;
        cancellationToken.ThrowIfCancellationRequested();
        return (succeeded, printed, complained);
    }

    private static string ReadAll(FileDescriptor source)
    {
        var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        int count;
        while ((count = source.TryRead(buffer)) > 0) text.Write(buffer, 0, count);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
