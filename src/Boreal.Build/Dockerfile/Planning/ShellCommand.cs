namespace Boreal.Build.Dockerfile.Planning;

/// <summary>The shell form of a command as the program that runs it.</summary>
internal static class ShellCommand
{
    private static readonly string[] Default = ["/bin/sh", "-c"];

    public static IReadOnlyList<string> Wrap(ImageDraft image, IReadOnlyList<string> arguments) =>
        [.. image.Shell is { Count: > 0 } shell ? shell : Default, string.Join(' ', arguments)];
}
