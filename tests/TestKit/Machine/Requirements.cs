namespace Boreal.Tests.TestKit.Machine;

/// <summary>What a test needs from the machine. A missing thing is a failure with its cure, never a silent skip.</summary>
public static class Requirements
{
    public static void Root()
    {
        if (!Environment.IsPrivilegedProcess) throw new InvalidOperationException("this test needs root");
    }

    /// <summary>The full path of a program on PATH.</summary>
    public static string Program(string name, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':').Append("/usr/sbin").Append("/sbin");
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"this test needs {name}: apt-get install {package}");
    }

    /// <summary>The full path of a plugin of the docker client: in the folder that DOCKER_CLI_PLUGINS names, or where packages put it.</summary>
    public static string DockerPlugin(string name)
    {
        string?[] folders = [Environment.GetEnvironmentVariable("DOCKER_CLI_PLUGINS"), "/usr/local/libexec/docker/cli-plugins", "/usr/libexec/docker/cli-plugins"];
        return folders.Where(folder => folder is not null).Select(folder => Path.Combine(folder ?? "", name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"this test needs the docker plugin {name}: run eng/packages");
    }
}
