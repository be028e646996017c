namespace Boreal.Orchestrator.Tasks;

/// <summary>Labels by which containers are told apart: Compose's, so that its tools see the same app, and ours.</summary>
public static class TaskLabels
{
    public const string Project = "com.docker.compose.project";
    public const string Service = "com.docker.compose.service";
    public const string Number = "com.docker.compose.container-number";
    public const string OneOff = "com.docker.compose.oneoff";
    public const string WorkingDir = "com.docker.compose.project.working_dir";
    public const string ConfigFiles = "com.docker.compose.project.config_files";

    /// <summary>The image's id, as Compose found it: another image makes another container.</summary>
    public const string Image = "com.docker.compose.image";

    /// <summary>Tools of Compose see only containers that have it.</summary>
    public const string ConfigHash = "com.docker.compose.config-hash";

    /// <summary>What all labels of Compose begin with.</summary>
    public const string Compose = "com.docker.compose.";

    /// <summary>The task a container was made for.</summary>
    public const string Task = "io.boreal.task";

    /// <summary>The service whose balancer serves a container's ports and names.</summary>
    public const string Balance = "io.boreal.balance";

    /// <summary><c>app/service</c> of a container that belongs to one; null for others, and for one-off containers.</summary>
    public static string? ServiceOf(IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue(Project, out var app) && labels.TryGetValue(Service, out var service) && labels.GetValueOrDefault(OneOff) is not "True"
            ? $"{app}/{service}"
            : null;
}
