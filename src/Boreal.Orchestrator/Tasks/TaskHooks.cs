using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;

namespace Boreal.Orchestrator.Tasks;

/// <summary>Commands of a service run in its containers.</summary>
internal static class TaskHooks
{
    private const int LongestLine = 200;

    /// <returns>What went wrong, in words; null when it did what it should.</returns>
    public static async Task<string?> RunAsync(INode node, string container, ServiceHook hook, CancellationToken cancellationToken)
    {
        var command = string.Join(' ', hook.Command);
        try
        {
            var outcome = await node.ExecAsync(container, hook, cancellationToken);
            return outcome.ExitCode switch
            {
                0 => null,
                null => $"'{command}' ran out of time",
                { } code => $"'{command}' ended with exit code {code}{(outcome.Output.Length > 0 ? $": {LastLine(outcome.Output)}" : "")}",
            };
        }
        catch (AppException exception)
        {
            return $"'{command}' could not be run: {exception.Message}";
        }
    }

    public static string LastLine(string output)
    {
        var text = output.AsSpan().TrimEnd();
        text = text[(text.LastIndexOf('\n') + 1)..].Trim();
        return text.Length <= LongestLine ? text.ToString() : $"{text[..LongestLine]}...";
    }
}
