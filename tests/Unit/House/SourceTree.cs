using Boreal.Tests.TestKit;

namespace Boreal.Tests.Unit.House;

/// <summary>Every hand-written C# file under src, tests and bench, read once.</summary>
internal static class SourceTree
{
    private static readonly string[] Folders = ["src", "tests", "bench"];
    private static readonly Lazy<IReadOnlyList<SourceFile>> All = new(Read);

    public static IReadOnlyList<SourceFile> Files => All.Value;

    public static IEnumerable<SourceFile> Product => Files.Where(file => file.InProduct);

    private static IReadOnlyList<SourceFile> Read() =>
        [.. Folders
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(Repository.Root, path))];
}
