using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

/// <summary><c>start</c>, <c>stop</c>, <c>restart</c>: some services or all.</summary>
internal sealed class ServicesCommand : ComposeCommand
{
    private readonly string _verb;
    private readonly string _summary;
    private readonly ValueFlag<bool>? _noDependencies;
    private readonly ValueFlag<long>? _timeout;

    public ServicesCommand(string verb, string summary)
    {
        (_verb, _summary) = (verb, summary);
        if (verb is not "start") _timeout = Flags.Integer("timeout", 't', "Specify a shutdown timeout in seconds");
        if (verb is "restart") _noDependencies = Flags.Switch("no-deps", '\0', "Don't restart dependent services");
    }

    public override string Usage => _timeout is null ? $"{_verb} [SERVICE...]" : $"{_verb} [OPTIONS] [SERVICE...]";

    public override string Summary => _summary;

    public override IReadOnlyList<string> Examples => [$"boreal compose {_verb} web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(context, arguments);
        var services = _noDependencies is { Value: false } && arguments.Count > 0 ? [.. arguments, .. Followers(scope, arguments)] : arguments;
        await new ServiceVerb(context, scope, Steps(context)).RunAsync(_verb, services, _timeout is { IsGiven: true } given ? (int)given.Value : null, cancellationToken);
        return ExitCodes.Success;
    }

    /// <summary>Services that are to be restarted whenever one of these is (<c>depends_on.restart</c>).</summary>
    private static IEnumerable<string> Followers(ProjectScope scope, IReadOnlyList<string> services) =>
        scope.Project is { } project
            ? project.Services.Keys.Where(name => !services.Contains(name) && services.Any(service =>
                project.Services.Mapping(name)?.Mapping("depends_on")?.Mapping(service)?.TextOf("restart") is "true"))
            : [];
}
