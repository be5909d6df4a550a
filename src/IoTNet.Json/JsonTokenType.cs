namespace IoTNet
{
    /// <summary>What a <see cref="JsonReader"/> stands on.</summary>
    public enum JsonTokenType
    {
        /// <summary>Nothing was read yet.</summary>
        None,

        /// <summary>A <c>{</c>.</summary>
        StartObject,

        /// <summary>A <c>}</c>.</summary>
        EndObject,

        /// <summary>A <c>[</c>.</summary>
        StartArray,

        /// <summary>A <c>]</c>.</summary>
        EndArray,

        /// <summary>The name of an object's member; its value comes next.</summary>
        PropertyName,

        /// <summary>A string.</summary>
        String,

        /// <summary>A number without fraction and exponent that fits a long.</summary>
        Integer,

        /// <summary>Any other number, as a double.</summary>
        Double,

        /// <summary>The word <c>true</c>.</summary>
        True,

        /// <summary>The word <c>false</c>.</summary>
        False,

        /// <summary>The word <c>null</c>.</summary>
        Null,

        /// <summary>The document is over, and nothing follows it.</summary>
        End,
    }
}
