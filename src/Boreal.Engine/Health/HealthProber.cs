using System.Text;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Execs;
using Boreal.Engine.Runtime;
using Boreal.Linux.Processes;

namespace Boreal.Engine.Health;

/// <summary>Runs the check once, as an exec in the container.</summary>
internal sealed class HealthProber(ExecRegistry execs, ExecStarter starter, TimeProvider time)
{
    private const int OutputLimit = 4096;

    /// <summary>A check that takes too long is killed and counts as exit code -1.</summary>
    public async Task<HealthProbe> ProbeAsync(Container container, HealthSpec spec, CancellationToken stopped)
    {
        var start = time.GetUtcNow();
        try
        {
            var exec = execs.Create(container, new ExecSpec
            {
                Process = new ExecProcess { Command = Command(container, spec) },
                AttachStdout = true,
                AttachStderr = true,
            });
            var (exitCode, output) = await RunAsync(exec, HealthPolicy.Timeout(spec), stopped);
            return new HealthProbe(start, time.GetUtcNow(), exitCode, output);
        }
        catch (EngineException exception)
        {
            return new HealthProbe(start, time.GetUtcNow(), -1, exception.Message);
        }
    }

    private static IReadOnlyList<string> Command(Container container, HealthSpec spec) => spec.Test switch
    {
        ["CMD-SHELL", var script, ..] => [.. container.Spec.Process.Shell ?? ["/bin/sh", "-c"], script],
        ["CMD", ..] => [.. spec.Test.Skip(1)],
        _ => throw new EngineException(ErrorKind.Invalid, $"unknown type of health check '{spec.Test?[0]}': use CMD or CMD-SHELL"),
    };

    private async Task<(int ExitCode, string Output)> RunAsync(ExecInstance exec, TimeSpan timeout, CancellationToken stopped)
    {
        await using var stream = await starter.StartAsync(exec, detach: false, consoleSize: null, stopped)
            ?? throw new InvalidOperationException("an attached exec has a stream");
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopped);
        var output = new StringBuilder();
        try
        {
            await ReadFramesAsync(stream, output, either.Token);
            var started = await exec.Started;
            return (await started.Exited.WaitAsync(either.Token), output.ToString());
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Signals.TrySend(exec.Status.Pid, Signals.Kill);
            return (-1, $"Health check exceeded timeout ({timeout.TotalSeconds:0.###}s): {output}");
        }
    }

    private static async Task ReadFramesAsync(Stream stream, StringBuilder output, CancellationToken cancellationToken)
    {
        var header = new byte[8];
        while (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) == header.Length)
        {
            var payload = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4))];
            await stream.ReadExactlyAsync(payload, cancellationToken);
            var text = Encoding.UTF8.GetString(payload);
            output.Append(text.AsSpan(0, Math.Min(text.Length, OutputLimit - output.Length)));
        }
    }
}
