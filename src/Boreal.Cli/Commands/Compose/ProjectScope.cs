using Boreal.Cli.CommandLine;
using Boreal.Compose.Projects;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Compose;

/// <summary>A project as a verb on its containers sees it.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Project">As its files say; null when only the name was given.</param>
internal sealed record ProjectScope(string Name, Project? Project)
{
    /// <summary>Without files any name may be a service.</summary>
    public void Check(IEnumerable<string> services)
    {
        if (Project is not { } project) return;
        var known = project.Services.Keys.Concat(project.Disabled.Keys).ToList();
        foreach (var service in services.Where(service => !known.Contains(service)))
            throw new CommandFailedException(Suggestion.Append($"no such service: {service}", Suggestion.For(service, known)));
    }
}
