using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client;

namespace Boreal.Cli.Commands;

/// <summary>Removes what nobody uses of one kind, when its user agrees, and lists what went.</summary>
internal abstract class PruneCommand : Command
{
    private readonly string _kind;
    private readonly ValueFlag<bool> _force;
    private readonly ListFlag _filters;

    /// <param name="kind">The noun that the verb belongs to.</param>
    /// <param name="filter">A filter that it knows.</param>
    protected PruneCommand(string kind, string filter)
    {
        _kind = kind;
        _force = Flags.Switch("force", 'f', "Do not prompt for confirmation");
        _filters = Filters.AddTo(Flags, '\0', $"Provide filter values (e.g. \"{filter}\")");
    }

    public override string Usage => "prune [OPTIONS]";

    public override ArgumentCount Arguments => ArgumentCount.None;

    /// <summary>What will go, as its user is told first.</summary>
    protected abstract string Target { get; }

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!_force.Value && !await context.ConfirmAsync($"WARNING! This will remove {Target}."))
            throw new CommandFailedException($"{_kind} prune has been cancelled");
        if (await RemoveAsync(context, Filters.Read(_filters), cancellationToken) is { } reclaimed)
            await context.Out.WriteLineAsync($"Total reclaimed space: {Units.Size(reclaimed)}");
        return ExitCodes.Success;
    }

    /// <summary>The room that came of it, in bytes; null where none is counted.</summary>
    protected abstract Task<long?> RemoveAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken);

    protected static async Task ListAsync(CliContext context, string heading, IEnumerable<string> removed)
    {
        await context.Out.WriteLineAsync(heading);
        foreach (var each in removed) await context.Out.WriteLineAsync(each);
        await context.Out.WriteLineAsync();
    }
}
