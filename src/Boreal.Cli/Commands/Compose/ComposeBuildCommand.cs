using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeBuildCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _noCache;
    private readonly ValueFlag<bool> _pull;
    private readonly ValueFlag<bool> _quiet;

    public ComposeBuildCommand()
    {
        _noCache = Flags.Switch("no-cache", '\0', "Do not use cache when building the image");
        _pull = Flags.Switch("pull", '\0', "Always attempt to pull a newer version of the image.");
        _quiet = Flags.Switch("quiet", 'q', "Don't print anything to STDOUT");
    }

    public override string Usage => "build [OPTIONS] [SERVICE...]";

    public override string Summary => "Build or rebuild services";

    public override IReadOnlyList<string> Examples => ["boreal compose build --no-cache web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var project = await LoadAsync(context, arguments);
        string?[] extra = [_noCache.Value ? "--no-cache" : null, _pull.Value ? "--pull" : null, _quiet.Value ? "--quiet" : null];
        var builds = new ProjectBuilds(context, project);
        foreach (var service in project.Services.Keys.Where(service => project.Services.Mapping(service)?.Has("build") is true && (arguments.Count is 0 || arguments.Contains(service))))
            await builds.BuildAsync(service, [.. extra.OfType<string>()], cancellationToken);
        return ExitCodes.Success;
    }
}
