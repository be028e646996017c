using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The verbs of <c>boreal compose</c>.</summary>
internal static class ComposeVerbs
{
    public static CommandEntry Group { get; } = new("compose", "Define and run multi-container applications", null, All()) { GroupOptions = static () => new ProjectOptions().Flags };

    private static IReadOnlyList<CommandEntry> All() =>
    [
        new("config", "Parse, resolve and render compose file in canonical format", static () => new ConfigCommand()) { OtherNames = ["convert"] },
    ];
}
