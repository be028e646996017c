using Boreal.Compose.Yaml;

namespace Boreal.Compose.Projects;

/// <summary>What a project mentions, in lists.</summary>
internal static class ProjectLists
{
    /// <summary>The profiles of all services, enabled or not.</summary>
    public static IEnumerable<string> Profiles(Project project) =>
        project.Services.Entries.Concat(project.Disabled.Entries).Select(entry => entry.Value).OfType<MappingNode>()
            .SelectMany(service => service.List("profiles")?.Items.Select(item => item.Text ?? "") ?? [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The images of the enabled services; a service that is built without a name for its image has the project's and its own.</summary>
    public static IEnumerable<string> Images(Project project) => project.Services.Entries.Select(entry => Image(project, entry.Key));

    public static string Image(Project project, string service) =>
        project.Services.Mapping(service)?.TextOf("image") is { Length: > 0 } image ? image : $"{project.Name}-{service}";
}
