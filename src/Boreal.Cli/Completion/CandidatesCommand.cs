using Boreal.Client.Containers;
using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Completion;

/// <summary>Prints what can stand in the place of the last word, one a line; nothing where files may stand.</summary>
internal sealed class CandidatesCommand : Command
{
    public override string Usage => "__complete WORD...";

    public override string Summary => "";

    public override ArgumentCount Arguments => ArgumentCount.Any;

    public override bool OptionsAnywhere => false;

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var typed = arguments.Count > 0 ? arguments[^1] : "";
        foreach (var candidate in await CandidatesAsync(context, [.. arguments.SkipLast(1)], typed, cancellationToken))
        {
            if (candidate.StartsWith(typed, StringComparison.Ordinal)) await context.Out.WriteLineAsync(candidate);
        }

        return ExitCodes.Success;
    }

    private static async Task<IEnumerable<string>> CandidatesAsync(CliContext context, List<string> before, string typed, CancellationToken cancellationToken)
    {
        var options = new GlobalOptions();
        var words = options.Flags.Parse(before, anywhere: false);
        var (entry, _, left) = Dispatcher.Find(words);
        if (entry.Create is null)
            return typed.StartsWith('-') && words.Count is 0 ? Names(options.Flags) : (entry.Group ?? []).Where(child => !child.IsHidden).Select(child => child.Name);
        var command = entry.Create();
        if (typed.StartsWith('-')) return Names(command.Flags);
        if (left.Count > 0 && left[^1].StartsWith('-') && command.Flags.Find(left[^1].TrimStart('-')) is { ValueWhenBare: null } flag) return flag.Candidates;
        return await ObjectsAsync(context, command.ArgumentNoun, cancellationToken);
    }

    private static IEnumerable<string> Names(FlagSet flags) => flags.All.Where(flag => !flag.IsHidden).Select(flag => "--" + flag.Name).Order(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> ObjectsAsync(CliContext context, string noun, CancellationToken cancellationToken)
    {
        try
        {
            return noun switch
            {
                "container" => (await context.Client.Containers.ListAsync(new ContainerListQuery { All = true }, cancellationToken))
                    .SelectMany(container => container.Names).Select(name => name.TrimStart('/')),
                "image" => (await context.Client.Images.ListAsync(false, false, Boreal.Client.FilterQuery.None, cancellationToken)).Items()
                    .SelectMany(image => image.Texts("RepoTags")).Where(name => name is not "<none>:<none>"),
                "network" => (await context.Client.Networks.ListAsync(Boreal.Client.FilterQuery.None, cancellationToken)).Select(network => network.Name),
                "volume" => ((await context.Client.Volumes.ListAsync(Boreal.Client.FilterQuery.None, cancellationToken)).Volumes ?? []).Select(volume => volume.Name),
                _ => [],
            };
        }
        catch (DaemonUnreachableException)
        {
            return []; // No daemon, no names; options and commands still complete.
        }
    }
}
