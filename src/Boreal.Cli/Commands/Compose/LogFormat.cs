namespace Boreal.Cli.Commands.Compose;

/// <summary>How lines of several containers are shown.</summary>
/// <param name="Prefixes">Each line starts with its container.</param>
/// <param name="Timestamps">Each line starts with its time.</param>
/// <param name="Colors">On a terminal each container has a colour.</param>
internal sealed record LogFormat(bool Prefixes, bool Timestamps, bool Colors = true);
