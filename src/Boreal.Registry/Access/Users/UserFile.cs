using System.Text.Json;
using Boreal.Registry.Access.Grants;

namespace Boreal.Registry.Access.Users;

/// <summary>The registry's own user store: one JSON file, replaced as a whole, readable by its owner only.</summary>
internal static class UserFile
{
    private const long Largest = 16 * 1024 * 1024;

    /// <summary>A file that is not there holds nobody.</summary>
    /// <exception cref="InvalidDataException">The file is not what it should be; the message names it.</exception>
    public static UserDocument Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > Largest)
                throw new InvalidDataException($"{path}: larger than {Largest} bytes");
            var document = JsonSerializer.Deserialize(stream, UserJsonContext.Default.UserDocument)
                ?? throw new InvalidDataException($"{path}: one JSON object is needed");
            Check(path, document);
            return document;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new UserDocument();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    public static void Write(string path, UserDocument document)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        SecretFile.Replace(path, [.. JsonSerializer.SerializeToUtf8Bytes(document, UserJsonContext.Default.UserDocument), (byte)'\n']);
    }

    public static GrantSet Grants(IReadOnlyList<string> rights) => rights.Count == 0 ? GrantSet.Nothing : new GrantSet([.. rights.Select(Grant.Parse)]);

    private static void Check(string path, UserDocument document)
    {
        try
        {
            Grants(document.Anonymous);
            foreach (var (name, user) in document.Users)
            {
                UserName.Check(name);
                Grants(user.Rights);
            }
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }
}
