using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Builds;
using Boreal.Cli.Session;
using Boreal.Compose.Projects;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Builds the images of services as <c>boreal build</c> does.</summary>
internal sealed class ProjectBuilds(CliContext context, Project project)
{
    private const string Marker = "ERROR: failed to solve";

    /// <summary>Says nothing, unless a step fails.</summary>
    public bool IsQuiet { get; init; }

    /// <param name="service">A service with a build.</param>
    /// <param name="extra">Options of <c>build</c> for every service.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task BuildAsync(string service, IReadOnlyList<string> extra, CancellationToken cancellationToken)
    {
        var text = project.Services.Mapping(service)?.Mapping("build")?.TextOf("dockerfile_inline");
        var file = text is null ? null : Path.GetTempFileName();
        try
        {
            if (file is not null) await File.WriteAllTextAsync(file, text, cancellationToken);
            var command = new BuildCommand();
            var arguments = command.Flags.Parse([.. BuildWords.Of(project, service, file), .. IsQuiet ? ["--progress", "quiet"] : Array.Empty<string>(), .. extra], anywhere: true);
            var code = await command.RunAsync(context, arguments, cancellationToken);
            if (code is not 0) throw new CommandFailedException($"service {service} can't be built", code);
        }
        catch (CommandFailedException problem) when (problem.Message.Contains(Marker, StringComparison.Ordinal))
        {
            // Scripts look for the line that starts as stock compose's does.
            throw new CommandFailedException(problem.Message.Replace(Marker, "failed to solve", StringComparison.Ordinal), problem.ExitCode);
        }
        finally
        {
            if (file is not null) File.Delete(file);
        }
    }
}
