using Boreal.Compose.Canonical;
using Boreal.Compose.Dotenv;

namespace Boreal.Compose.Loading;

/// <summary>Finds a project's files: the ones asked for, those of <c>COMPOSE_FILE</c>, or the nearest <c>compose.yaml</c> upwards.</summary>
internal sealed class SourceFinder(LoadOptions options, List<string> warnings)
{
    private const long LargestFile = 16 * 1024 * 1024;

    private static readonly string[] FileNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    private static readonly string[] OverrideNames =
        ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    private readonly Dictionary<string, string> _environment = new(options.Environment, StringComparer.Ordinal);

    public ProjectSource Find()
    {
        ReadEnvironmentFiles(Folder(options.Files));
        var paths = options.Files.Count > 0 ? [.. options.Files.Select(Absolute)] : FromEnvironment() ?? Nearest();
        if (paths.Count is 0)
            throw new ComposeException($"no configuration file provided: there is no {FileNames[0]} in {options.CurrentDirectory} or above, name one with -f");
        var folder = Folder(paths);
        ReadEnvironmentFiles(folder);
        return new ProjectSource(folder, [.. paths.Select(Read)], _environment);
    }

    public string CurrentDirectory => options.CurrentDirectory;

    /// <summary>The path as messages show it.</summary>
    public string NameOf(string path)
    {
        var relative = Path.GetRelativePath(options.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    public string ReadText(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= LargestFile ? File.ReadAllText(path) : throw new ComposeException($"{NameOf(path)} has {length} bytes: a compose file has at most 16 MB");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ComposeException($"open {path}: no such file or directory", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ComposeException($"open {path}: {exception.Message}", exception);
        }
    }

    public ComposeFile Read(string path) => path is "-" ? new ComposeFile(path, path, options.Input.ReadToEnd()) : new ComposeFile(path, NameOf(path), ReadText(path));

    private string Folder(IReadOnlyList<string> files)
    {
        if (options.ProjectDirectory.Length > 0) return Absolute(options.ProjectDirectory);
        var first = files.FirstOrDefault(file => file is not "-");
        return first is null ? options.CurrentDirectory : Path.GetDirectoryName(Absolute(first)) ?? "/";
    }

    private string Absolute(string path) => path is "-" ? path : Path.IsPathRooted(path) ? CleanPath.Of(path) : CleanPath.Join(options.CurrentDirectory, path);

    private List<string>? FromEnvironment()
    {
        if (!_environment.TryGetValue("COMPOSE_FILE", out var list) || list.Length is 0) return null;
        var separator = _environment.GetValueOrDefault("COMPOSE_PATH_SEPARATOR") is { Length: > 0 } own ? own : ":";
        var paths = list.Split(separator).Select(Absolute).ToList();
        foreach (var path in paths.Where(path => path is not "-" && !File.Exists(path)))
            throw new ComposeException($"COMPOSE_FILE names {path}, which does not exist: correct or unset it");
        return paths;
    }

    private List<string> Nearest()
    {
        for (var folder = Folder([]); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var here = folder;
            var found = FileNames.Select(name => Path.Combine(here, name)).Where(File.Exists).ToList();
            if (found.Count is 0) continue;
            Warn("Found multiple config files with supported names", found);
            var overrides = OverrideNames.Select(name => Path.Combine(here, name)).Where(File.Exists).ToList();
            Warn("Found multiple override files with supported names", overrides);
            return [found[0], .. overrides.Take(1)];
        }

        return [];
    }

    private void Warn(string what, List<string> files)
    {
        if (files.Count < 2) return;
        warnings.Add($"{what}: {string.Join(", ", files)}");
        warnings.Add($"Using {files[0]}");
    }

    private void ReadEnvironmentFiles(string folder)
    {
        var files = options.EnvironmentFiles;
        if (files.Count is 0 && _environment.GetValueOrDefault("COMPOSE_ENV_FILES") is { Length: > 0 } list) files = list.Split(',');
        if (files.Count is 0)
        {
            var usual = Path.Combine(folder, ".env");
            if (IsDisabled() || !File.Exists(usual)) return;
            files = [usual];
        }

        foreach (var (name, value) in new EnvironmentFiles(this).Read([.. files.Select(Absolute)], _environment)) _environment.TryAdd(name, value);
    }

    private bool IsDisabled()
    {
        if (!_environment.TryGetValue("COMPOSE_DISABLE_ENV_FILE", out var text)) return false;
        return Notation.GoNumbers.TryParseBoolean(text, out var disabled)
            ? disabled
            : throw new ComposeException($"COMPOSE_DISABLE_ENV_FILE is \"{text}\": set it to true or false");
    }
}
