using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Does things to a project's containers and tells about each; in a dry run it only tells.</summary>
internal sealed class ProjectSteps(CliContext context, bool isDry, bool isQuiet = false)
{
    private const string DryPrefix = " DRY-RUN MODE - ";

    public bool IsDry => isDry;

    public Task TellAsync(string subject, string state) => SayAsync($"{subject}  {state}");

    public async Task SayAsync(string line)
    {
        if (!isQuiet) await context.Error.WriteLineAsync($"{(isDry ? DryPrefix : "")} {line}");
    }

    public async Task RunAsync(string subject, string doing, string done, Func<Task> action)
    {
        if (doing.Length > 0) await TellAsync(subject, doing);
        if (!isDry) await action();
        await TellAsync(subject, done);
    }
}
