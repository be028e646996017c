using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Compose.Yaml;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposePushCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _ignoresFailures;
    private readonly ValueFlag<bool> _withDependencies;
    private readonly ValueFlag<bool> _quiet;

    public ComposePushCommand()
    {
        _ignoresFailures = Flags.Switch("ignore-push-failures", '\0', "Push what it can and ignores images with push failures");
        _withDependencies = Flags.Switch("include-deps", '\0', "Also push images of services declared as dependencies");
        _quiet = Flags.Switch("quiet", 'q', "Push without printing progress information");
    }

    public override string Usage => "push [OPTIONS] [SERVICE...]";

    public override string Summary => "Push service images";

    public override IReadOnlyList<string> Examples => ["boreal compose push", "boreal compose push -q web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var project = await LoadAsync(context, arguments);
        var (steps, failed) = (new ProjectSteps(context, IsDryRun, _quiet.Value), new List<string>());
        foreach (var (name, service) in project.Services.Entries.Select(entry => (entry.Key, (MappingNode)entry.Value)).Where(entry => _withDependencies.Value || arguments.Count is 0 || arguments.Contains(entry.Key)))
        {
            if (!service.Has("build") || service.TextOf("image") is not { Length: > 0 } image) await steps.TellAsync(name, "Skipped");
            else if (await PushAsync(context, name, image, steps, cancellationToken) is { } problem) failed.Add(problem);
        }

        if (failed.Count > 0 && !_ignoresFailures.Value) throw new CommandFailedException(string.Join('\n', failed));
        return ExitCodes.Success;
    }

    /// <returns>What went wrong; null when nothing did.</returns>
    public static async Task<string?> PushAsync(CliContext context, string name, string image, ProjectSteps steps, CancellationToken cancellationToken)
    {
        try
        {
            await steps.RunAsync(name, "Pushing", "Pushed", async () =>
            {
                var command = new PushCommand();
                await command.RunAsync(context, command.Flags.Parse(["--quiet", image], anywhere: true), cancellationToken);
            });
            return null;
        }
        catch (Exception problem) when (problem is ApiException or ProgressFailedException)
        {
            await steps.TellAsync(name, $"Error {problem.Message}");
            return problem.Message;
        }
    }
}
