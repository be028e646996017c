using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Copying;

/// <summary>Where the entries of a copy go: into <paramref name="Directory"/>, their first name changed where one is given.</summary>
internal sealed record CopyPlan(string Directory, string SourceName, string? NewName)
{
    /// <summary>docker's rules: into an existing directory, over a file, or as a new name beside others.</summary>
    public static CopyPlan Make(string source, bool sourceIsDirectory, string destination, bool? destinationIsDirectory)
    {
        var (directory, name) = CopyPaths.Split(destination);
        var sourceName = CopyPaths.Split(source).Name;
        return (destinationIsDirectory, sourceIsDirectory) switch
        {
            (true, _) => new CopyPlan(destination, sourceName, null),
            (false, true) => throw new CommandFailedException("cannot copy directory"),
            (false, false) => new CopyPlan(directory, sourceName, name),
            (null, true) => new CopyPlan(name is "." ? CopyPaths.Split(directory).Directory : directory, sourceName, name is "." ? CopyPaths.Split(directory).Name : name),
            (null, false) when CopyPaths.AssertsDirectory(destination) => throw new CommandFailedException("no such directory"),
            _ => new CopyPlan(directory, sourceName, name),
        };
    }

    public string NameOf(string entry) => NewName is null ? entry : CopyPaths.Rebase(entry, SourceName, NewName);
}
