using System.Collections;

namespace Boreal.Cli.Commands.Compose;

/// <summary>What a project takes from the process that loads it.</summary>
internal sealed record ProjectSurroundings(string CurrentDirectory, IReadOnlyDictionary<string, string> Environment, TextReader Input)
{
    /// <summary>Where warnings about the files go; standard error when it is null.</summary>
    public TextWriter? Warnings { get; init; }

    public static ProjectSurroundings OfProcess() => new(System.Environment.CurrentDirectory, Variables(), Console.In);

    private static Dictionary<string, string> Variables() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "", StringComparer.Ordinal);
}
