using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Containers;

/// <summary>Tells from the daemon's message why a process did not start, in exit codes.</summary>
internal static class StartFailure
{
    private static readonly string[] NotFound = ["executable file not found", "no such file or directory", "system cannot find the file specified"];
    private static readonly string[] NotExecutable = ["permission denied", "is a directory"];

    public static CommandFailedException Of(ApiException problem) => new(problem.Message, CodeOf(problem.Message));

    private static int CodeOf(string message) =>
        NotFound.Any(text => message.Contains(text, StringComparison.Ordinal)) ? ExitCodes.NotFound
        : NotExecutable.Any(text => message.Contains(text, StringComparison.Ordinal)) ? ExitCodes.NotExecutable
        : ExitCodes.Refused;
}
