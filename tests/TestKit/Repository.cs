namespace Boreal.Tests.TestKit;

/// <summary>Where things are in this checkout.</summary>
public static class Repository
{
    /// <summary>The folder that holds Boreal.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A native executable that <c>./boreal.sh build</c> has left in artifacts/bin.</summary>
    public static string Binary(string name)
    {
        var folder = Environment.GetEnvironmentVariable("BOREAL_BIN") ?? Path.Combine(Root, "artifacts", "bin");
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: run ./boreal.sh build");
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Boreal.slnx"))) return folder;
        }
        throw new DirectoryNotFoundException($"no Boreal.slnx above {AppContext.BaseDirectory}");
    }
}
