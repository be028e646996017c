using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Compose.Yaml;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeBuildCommand : ComposeCommand
{
    private readonly ListFlag _arguments;
    private readonly ValueFlag<bool> _noCache;
    private readonly ValueFlag<bool> _pull;
    private readonly ValueFlag<bool> _push;
    private readonly ValueFlag<bool> _quiet;
    private readonly ValueFlag<string> _ssh;
    private readonly ValueFlag<bool> _withDependencies;

    public ComposeBuildCommand()
    {
        _arguments = Flags.Add(new ListFlag("build-arg", '\0', "Set build-time variables for services") { ValueName = "stringArray" });
        Flags.Add(new ValueFlag<string>("builder", '\0', "Set builder to use", "", text => text) { IsHidden = true });
        Flags.Add(new ValueFlag<string>("memory", 'm', "Set memory limit for the build container. Not supported by BuildKit.", "", text => text) { IsHidden = true });
        _noCache = Flags.Switch("no-cache", '\0', "Do not use cache when building the image");
        _pull = Flags.Switch("pull", '\0', "Always attempt to pull a newer version of the image.");
        _push = Flags.Switch("push", '\0', "Push service images");
        _quiet = Flags.Switch("quiet", 'q', "Don't print anything to STDOUT");
        _ssh = Flags.Text("ssh", '\0', "Set SSH authentications used when building service images. (use 'default' for using your default SSH Agent)");
        _withDependencies = Flags.Switch("with-dependencies", '\0', "Also build dependencies (transitively)");
    }

    public override string Usage => "build [OPTIONS] [SERVICE...]";

    public override string Summary => "Build or rebuild services";

    public override IReadOnlyList<string> Examples => ["boreal compose build --no-cache web", "boreal compose build --build-arg VERSION=2 --push"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var project = await LoadAsync(context, arguments);
        var words = new List<string>();
        if (_noCache.Value) words.Add("--no-cache");
        if (_pull.Value) words.Add("--pull");
        if (_ssh.Value.Length > 0) words.AddRange(["--ssh", _ssh.Value]);
        foreach (var argument in _arguments.Values) words.AddRange(["--build-arg", argument]);
        if (ProjectOptions.Progress.Value is not "auto") words.AddRange(["--progress", ProjectOptions.Progress.Value]);
        var (builds, steps) = (new ProjectBuilds(context, project) { IsQuiet = _quiet.Value }, Steps(context));
        foreach (var (service, node) in project.Services.Entries.Where(entry => arguments.Count is 0 || _withDependencies.Value || arguments.Contains(entry.Key)))
        {
            if (node is not MappingNode mapping || !mapping.Has("build")) continue;
            if (steps.IsDry) await steps.TellAsync(service, "Built");
            else await builds.BuildAsync(service, words, cancellationToken);
            if (_push.Value && mapping.TextOf("image") is { Length: > 0 } image) await ComposePushCommand.PushAsync(context, service, image, steps, cancellationToken);
        }

        return ExitCodes.Success;
    }
}
