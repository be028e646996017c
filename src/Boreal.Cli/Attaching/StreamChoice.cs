namespace Boreal.Cli.Attaching;

/// <summary>Which standard streams are joined to the container's, and how.</summary>
internal sealed record StreamChoice(bool Stdin, bool Stdout, bool Stderr, bool Tty, string DetachKeys);
