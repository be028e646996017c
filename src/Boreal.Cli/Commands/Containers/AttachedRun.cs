using Boreal.Api.Containers;
using Boreal.Client.Errors;
using Boreal.Cli.Attaching;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

/// <summary>A made container from its start to its end: attach, wait, start, in this order, so no output and no exit code is missed.</summary>
internal sealed class AttachedRun(CliContext context, string id, ContainerCreateRequest request)
{
    /// <summary>Empty for the user's own.</summary>
    public string DetachKeys { get; init; } = "";

    public bool ForwardsSignals { get; init; }

    /// <summary>Whether the container goes when it has ended.</summary>
    public bool RemovesItself { get; init; }

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var signals = ForwardsSignals ? new SignalForwarding(name => context.Client.Containers.KillAsync(id, name, CancellationToken.None)) : null;
        var attaches = request.AttachStdin || request.AttachStdout || request.AttachStderr;
        if (!attaches) return await StartDetachedAsync(cancellationToken);

        var choice = new StreamChoice(request.AttachStdin, request.AttachStdout, request.AttachStderr, request.Tty, DetachKeys.Length > 0 ? DetachKeys : context.Configuration.DetachKeys);
        await using var streams = new AttachedStreams(context, await context.Client.Containers.AttachAsync(id, RunCommand.Query(choice), cancellationToken), choice);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var copying = streams.RunAsync(ends.Token);
        var exited = await ExitWatch.BeginAsync(context, id, RemovesItself, cancellationToken);
        try
        {
            await context.Client.Containers.StartAsync(id, cancellationToken);
        }
        catch (ApiException)
        {
            await ends.CancelAsync();
            await ((Task)copying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (RemovesItself) await exited;
            throw;
        }

        using var window = request.Tty && context.Terminal.OutputIsTerminal
            ? new WindowFollowing(context, (rows, columns) => context.Client.Containers.ResizeAsync(id, rows, columns, CancellationToken.None)) : null;
        return await FinishAsync(copying, exited);
    }

    private async Task<int> FinishAsync(Task<AttachOutcome> copying, Task<int> exited)
    {
        var first = await Task.WhenAny(copying, exited);
        if (first == copying && await copying is AttachOutcome.Detached) return ExitCodes.Success;
        if (request.AttachStdout || request.AttachStderr)
        {
            // The exit may be known before the last output has come through.
            if (await copying is AttachOutcome.Detached) return ExitCodes.Success;
        }

        return await exited;
    }

    private async Task<int> StartDetachedAsync(CancellationToken cancellationToken)
    {
        await context.Out.WriteLineAsync(id);
        await context.Client.Containers.StartAsync(id, cancellationToken);
        return ExitCodes.Success;
    }
}
