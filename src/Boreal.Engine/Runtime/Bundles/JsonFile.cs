using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Boreal.Engine.Runtime.Bundles;

/// <summary>Writes a JSON file only this user can read: environments carry secrets.</summary>
internal static class JsonFile
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(32 << 10);
        using (var json = new Utf8JsonWriter(buffer, Options)) content(json);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var file = new FileStream(path, options);
        file.Write(buffer.WrittenSpan);
    }
}
