using System.Buffers.Binary;
using System.Text;
using Boreal.Engine.Containers;
using Boreal.Engine.Runtime;
using Boreal.Linux.Processes;

namespace Boreal.Engine.Execs;

/// <summary>Runs a command in a container to its end and keeps the beginning of its output.</summary>
public sealed class ExecRunner(ExecRegistry execs, ExecStarter starter, TimeProvider time)
{
    private const int OutputLimit = 4096;

    /// <exception cref="Errors.EngineException">Conflict: the container does not run. Invalid: the command can't be executed.</exception>
    public async Task<ExecResult> RunAsync(Container container, ExecProcess process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var exec = execs.Create(container, new ExecSpec { Process = process, AttachStdout = true, AttachStderr = true });
        await using var stream = await starter.StartAsync(exec, detach: false, consoleSize: null, cancellationToken)
            ?? throw new InvalidOperationException("an attached exec has a stream");
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var output = new StringBuilder();
        try
        {
            await ReadFramesAsync(stream, output, either.Token);
            var started = await exec.Started;
            return new ExecResult(await started.Exited.WaitAsync(either.Token), output.ToString());
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Signals.TrySend(exec.Status.Pid, Signals.Kill);
            return new ExecResult(null, output.ToString());
        }
    }

    private static async Task ReadFramesAsync(Stream stream, StringBuilder output, CancellationToken cancellationToken)
    {
        var header = new byte[8];
        while (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) == header.Length)
        {
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4))];
            await stream.ReadExactlyAsync(payload, cancellationToken);
            var text = Encoding.UTF8.GetString(payload);
            output.Append(text.AsSpan(0, Math.Min(text.Length, OutputLimit - output.Length)));
        }
    }
}
