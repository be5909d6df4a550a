using System;

namespace IoTNet
{
    /// <summary>A message: typed content. The protocol carries it as the header's length (2 bytes, big-endian), a JSON header
    /// (byteorder, content-type, content-encoding, content-length) and the content.</summary>
    public sealed class Message
    {
        /// <summary>The content type of JSON.</summary>
        public const string JsonType = "text/json";

        /// <summary>The content encoding of text.</summary>
        public const string Utf8Encoding = "utf-8";

        /// <summary>The content encoding of bytes.</summary>
        public const string BinaryEncoding = "binary";

        /// <summary>Makes a message out of bytes.</summary>
        /// <param name="contentType">What they are, such as <c>binary/custom-client-binary-type</c>.</param>
        /// <param name="contentEncoding">Their encoding, such as <see cref="BinaryEncoding"/>.</param>
        /// <param name="content">The bytes, which may be none.</param>
        /// <exception cref="ArgumentNullException">One of them is null.</exception>
        public Message(string contentType, string contentEncoding, byte[] content)
            : this(contentType, contentEncoding, content, "little")
        {
        }

        internal Message(string contentType, string contentEncoding, byte[] content, string byteOrder)
        {
            ContentType = contentType ?? throw new ArgumentNullException(nameof(contentType));
            ContentEncoding = contentEncoding ?? throw new ArgumentNullException(nameof(contentEncoding));
            Content = content ?? throw new ArgumentNullException(nameof(content));
            ByteOrder = byteOrder;
        }

        /// <summary>What the content is.</summary>
        public string ContentType { get; }

        /// <summary>How it is encoded.</summary>
        public string ContentEncoding { get; }

        /// <summary>The sender's byte order, <c>little</c> or <c>big</c>; for binary types that depend on it. The protocol's
        /// own length is big-endian always.</summary>
        public string ByteOrder { get; }

        /// <summary>The content, with its own length.</summary>
        public byte[] Content { get; }

        /// <summary>Whether the content is JSON.</summary>
        public bool IsJson => ContentType == JsonType;

        /// <summary>Makes a message of JSON.</summary>
        /// <param name="value">As for <see cref="Json.Write"/>; null, an empty object and an empty string are values as any
        /// other.</param>
        /// <returns>The message.</returns>
        /// <exception cref="ArgumentException">JSON has no such value.</exception>
        /// <exception cref="JsonException">It is too deep.</exception>
        public static Message FromJson(object value)
        {
            return new Message(JsonType, Utf8Encoding, Json.WriteBytes(value));
        }

        /// <summary>Gives the value of a message of JSON.</summary>
        /// <returns>As <see cref="Json.Parse(byte[], int, int)"/>.</returns>
        /// <exception cref="MessageException">The content is no JSON (none at all neither), or not encoded as UTF-8, the only
        /// encoding there is.</exception>
        public object ToJson()
        {
            if (!IsJson || ContentEncoding.ToLower() != Utf8Encoding)
            {
                throw new MessageException("Expected content of " + JsonType + " in " + Utf8Encoding + ", found " + ContentType +
                    " in " + ContentEncoding + ".");
            }

            try
            {
                return Json.Parse(Content, 0, Content.Length);
            }
            catch (JsonException e)
            {
                throw new MessageException("The content is no JSON: " + e.Message, e);
            }
        }

        /// <summary>Describes the message, for a log.</summary>
        /// <returns>Type, encoding and length.</returns>
        public override string ToString()
        {
            return ContentType + ", " + ContentEncoding + ", " + Content.Length.ToString() + " bytes";
        }
    }
}
