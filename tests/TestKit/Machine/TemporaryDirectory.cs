namespace Boreal.Tests.TestKit.Machine;

/// <summary>A directory of the test's own, removed at the end. Its path is short: unix socket paths end at 108 bytes.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bt").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
