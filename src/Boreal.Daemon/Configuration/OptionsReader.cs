using Boreal.Engine.State;

namespace Boreal.Daemon.Configuration;

/// <summary>Flags and file together make the options: nothing may be set in both, and what follows from other settings is filled in.</summary>
internal static class OptionsReader
{
    private static readonly DaemonOptions Defaults = new();

    public static DaemonOptions Read(CommandLine line)
    {
        var fromFile = ReadFile(line);
        var options = Defaults;
        foreach (var setting in Settings.All)
        {
            if (fromFile.TryGetValue(setting.Name, out var values) || line.Given.TryGetValue(setting.Name, out values))
                options = setting.Apply(options, values);
        }
        return Complete(options);
    }

    /// <summary>For <c>boreald registry serve</c>, which has no file: the registry's options, complete.</summary>
    public static DaemonOptions ReadRegistry(CommandLine line)
    {
        var options = Defaults;
        foreach (var setting in RegistryServeSettings.All)
        {
            if (line.Given.TryGetValue(setting.Name, out var values))
                options = setting.Apply(options, values);
        }
        if (options.Registry.Addresses.Count == 0)
            options = options with { Registry = options.Registry with { Addresses = ["127.0.0.1:5000"] } };
        return options with { Registry = Complete(options.Registry, options.DataRoot) };
    }

    private static RegistryHostOptions Complete(RegistryHostOptions options, string dataRoot)
    {
        if (options.Certificate.Length > 0 != options.Key.Length > 0)
            throw new ConfigurationException("https needs both the certificate and its key");
        var root = options.Root.Length > 0 ? options.Root : Path.Combine(dataRoot, "registry");
        return options with { Root = root, Users = options.Users.Length > 0 ? options.Users : Path.Combine(root, "access", "users.json") };
    }

    private static Dictionary<string, List<string>> ReadFile(CommandLine line)
    {
        if (!line.NamesConfigurationFile && !File.Exists(line.ConfigurationFile))
            return [];
        try
        {
            var values = ConfigurationFile.Parse(File.ReadAllText(line.ConfigurationFile));
            RefuseConflicts(line, values);
            return values;
        }
        catch (Exception e) when (e is ConfigurationException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"unable to configure boreald with file {line.ConfigurationFile}: {e.Message}", e);
        }
    }

    private static void RefuseConflicts(CommandLine line, Dictionary<string, List<string>> fromFile)
    {
        var conflicts = Settings.All
            .Where(setting => fromFile.ContainsKey(setting.Name) && line.Given.ContainsKey(setting.Name))
            .Select(setting => $"{setting.Key}: (from flag: {Show(setting, line.Given[setting.Name])}, from file: {Show(setting, fromFile[setting.Name])})")
            .ToList();
        if (conflicts.Count > 0)
            throw new ConfigurationException($"the following directives are specified both as a flag and in the configuration file: {string.Join(", ", conflicts)}");
    }

    private static string Show(Setting setting, List<string> values) =>
        setting.Repeats ? $"[{string.Join(' ', values)}]" : values[^1];

    /// <summary>Several daemons on one machine must not meet: names of kernel objects follow from the roots unless given.</summary>
    private static DaemonOptions Complete(DaemonOptions options)
    {
        if (options.Hosts.Count == 0)
            options = options with { Hosts = [$"unix://{options.ExecRoot}/boreal.sock"] };
        if (options.PidFile.Length == 0)
            options = options with { PidFile = $"{options.ExecRoot}/boreald.pid" };
        if (options.ExecRoot != Defaults.ExecRoot && options.Containers.CgroupParent == Defaults.Containers.CgroupParent)
        {
            var mark = NameHash.Hex(options.ExecRoot, 8);
            options = options with { Containers = options.Containers with { CgroupParent = $"{Defaults.Containers.CgroupParent}-{mark}" } };
        }
        RefuseOpenTcp(options);
        return options with { Registry = Complete(options.Registry, options.DataRoot) };
    }

    private static void RefuseOpenTcp(DaemonOptions options)
    {
        var tcp = options.Hosts.FirstOrDefault(host => host.StartsWith("tcp://", StringComparison.Ordinal));
        if (tcp is not null && !options.Tls.Verify)
            throw new ConfigurationException($"{tcp}: who reaches an open engine is root on this machine; use --tlsverify with --tlscacert, --tlscert and --tlskey, or an ssh:// client on the unix socket");
        if (options.Tls.Enabled && !options.Tls.Verify)
            throw new ConfigurationException("--tls without --tlsverify would let anybody in: use --tlsverify");
    }
}
