namespace Boreal.Compose.Requests;

/// <summary>The labels by which stock compose knows what belongs to a project.</summary>
internal static class ComposeLabels
{
    public const string Project = "com.docker.compose.project";
    public const string Service = "com.docker.compose.service";
    public const string ConfigHash = "com.docker.compose.config-hash";
    public const string ContainerNumber = "com.docker.compose.container-number";
    public const string Volume = "com.docker.compose.volume";
    public const string Network = "com.docker.compose.network";
    public const string WorkingDirectory = "com.docker.compose.project.working_dir";
    public const string ConfigFiles = "com.docker.compose.project.config_files";
    public const string EnvironmentFile = "com.docker.compose.project.environment_file";
    public const string OneOff = "com.docker.compose.oneoff";
    public const string Slug = "com.docker.compose.slug";
    public const string Image = "com.docker.compose.image";
    public const string Dependencies = "com.docker.compose.depends_on";
    public const string Version = "com.docker.compose.version";

    /// <summary>The version of stock compose whose labels and hashes these are.</summary>
    public const string CompatibleVersion = "2.26.1";
}
