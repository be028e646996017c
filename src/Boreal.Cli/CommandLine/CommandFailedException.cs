namespace Boreal.Cli.CommandLine;

/// <summary>The command ends with this message (may be empty) and exit code.</summary>
internal sealed class CommandFailedException(string message, int exitCode = ExitCodes.Failure) : Exception(message)
{
    public int ExitCode => exitCode;
}
