namespace Boreal.Cli.CommandLine;

/// <summary>An option can't be read; shown with the usage line of its command.</summary>
internal sealed class UsageException(string message) : Exception(message);
