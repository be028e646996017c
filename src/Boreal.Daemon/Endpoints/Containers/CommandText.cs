using Boreal.Engine.Containers.Spec;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>What a container runs: its entrypoint and command as one list.</summary>
internal static class CommandText
{
    public static IReadOnlyList<string> WordsOf(ProcessSpec process) => [.. process.Entrypoint ?? [], .. process.Command ?? []];

    /// <summary>On one line, words with spaces in quotes, as lists show it.</summary>
    public static string LineOf(ProcessSpec process) =>
        string.Join(' ', WordsOf(process).Select(static (word, index) => index > 0 && word.Contains(' ') ? $"'{word}'" : word));
}
