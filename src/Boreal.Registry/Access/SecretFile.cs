namespace Boreal.Registry.Access;

/// <summary>Files for their owner only, whole or not there: written aside, synced, renamed into place.</summary>
internal static class SecretFile
{
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var aside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var stream = new FileStream(aside, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }
}
