using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Compose.Yaml;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposePullCommand : ComposeCommand
{
    private const int PullFailed = 18;

    private readonly ValueFlag<bool> _ignoresBuildable;
    private readonly ValueFlag<bool> _ignoresFailures;
    private readonly ValueFlag<bool> _withDependencies;
    private readonly ValueFlag<string> _policy;
    private readonly ValueFlag<bool> _quiet;

    public ComposePullCommand()
    {
        _ignoresBuildable = Flags.Switch("ignore-buildable", '\0', "Ignore images that can be built");
        _ignoresFailures = Flags.Switch("ignore-pull-failures", '\0', "Pull what it can and ignores images with pull failures");
        _withDependencies = Flags.Switch("include-deps", '\0', "Also pull services declared as dependencies");
        _policy = Flags.Text("policy", '\0', "Apply pull policy (\"missing\"|\"always\")");
        _quiet = Flags.Switch("quiet", 'q', "Pull without printing progress information");
    }

    public override string Usage => "pull [OPTIONS] [SERVICE...]";

    public override string Summary => "Pull service images";

    public override IReadOnlyList<string> Examples => ["boreal compose pull", "boreal compose pull --ignore-buildable --policy missing"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (_policy.Value is not ("" or "missing" or "always")) throw new CommandFailedException($"invalid --policy value \"{_policy.Value}\": write missing or always");
        var project = await LoadAsync(context, arguments);
        var steps = new ProjectSteps(context, IsDryRun, _quiet.Value);
        var (pulled, mustBuild, failed) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<string>(), new List<string>());
        foreach (var (name, service) in project.Services.Entries.Select(entry => (entry.Key, (MappingNode)entry.Value)).Where(entry => _withDependencies.Value || arguments.Count is 0 || arguments.Contains(entry.Key)))
        {
            if (await SkipReasonAsync(context, service, pulled, cancellationToken) is { } reason)
            {
                await steps.TellAsync(name, $"Skipped - {reason}");
                continue;
            }

            pulled[service.TextOf("image") ?? ""] = name;
            if (await PullAsync(context, name, service, steps, cancellationToken) is not { } problem) continue;
            if (service.Has("build")) mustBuild.Add(name);
            else failed.Add(problem);
        }

        if (mustBuild.Count > 0)
            await context.Error.WriteLineAsync($"warning: some service images must be built from source by running:\n    boreal compose build {string.Join(' ', mustBuild)}");
        if (failed.Count > 0 && !_ignoresFailures.Value) throw new CommandFailedException(string.Join('\n', failed), PullFailed);
        return ExitCodes.Success;
    }

    private async Task<string?> SkipReasonAsync(CliContext context, MappingNode service, Dictionary<string, string> pulled, CancellationToken cancellationToken)
    {
        if (service.TextOf("image") is not { Length: > 0 } image) return "No image to be pulled";
        var policy = _policy.Value.Length > 0 ? _policy.Value : service.TextOf("pull_policy");
        if (policy is "never" or "build") return $"Image's pull policy is {policy}";
        if (policy is "missing" or "if_not_present" && await new ProjectObserver(context).ImageIdAsync(image, cancellationToken) is not null) return "Image is already present locally";
        if (_ignoresBuildable.Value && service.Has("build")) return "Image can be built";
        return pulled.TryGetValue(image, out var other) ? $"Image is already being pulled by {other}" : null;
    }

    /// <returns>What went wrong; null when nothing did.</returns>
    private async Task<string?> PullAsync(CliContext context, string name, MappingNode service, ProjectSteps steps, CancellationToken cancellationToken)
    {
        var image = ImageReference.Parse(service.TextOf("image") ?? "").WithDefaultTag();
        try
        {
            await steps.RunAsync(name, "Pulling", "Pulled", () =>
                new ImagePull(image, AllTags: false, service.TextOf("platform") ?? "", _quiet.Value) { ShowsOnError = true }.RunAsync(context, cancellationToken));
            return null;
        }
        catch (Exception problem) when (problem is ApiException or ProgressFailedException)
        {
            await steps.TellAsync(name, $"Error {problem.Message}");
            return problem.Message;
        }
    }
}
